package org.lsat.all;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lsat.ledger.Ledger;
import org.lsat.ledger.LedgerBackend;
import org.lsat.protocol.PaymentHash;
import org.lsat.testkit.LedgerContract;

/** The moved H2 counts in a file as the one in its own place does. */
class FileLedgerIT extends LedgerContract {

    private static final PaymentHash PAYMENT = new PaymentHash(4, 0, 2, 1);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path directory;

    private final List<LedgerBackend.Opened> opened = new ArrayList<>();

    @Override
    protected Ledger ledger(long capacity, Duration lease, InstantSource clock) {
        return open("shop" + opened.size(), capacity, lease, clock);
    }

    private LedgerBackend.Opened open(String realm, long capacity, Duration lease, InstantSource clock) {
        LedgerBackend.Opened ledger = Backends.ledger(Map.of("lsat.ledger.dir", directory.toString()))
                .open(new LedgerBackend.Terms(realm, "bc", capacity, lease, clock));
        opened.add(ledger);
        return ledger;
    }

    @AfterEach
    void close() {
        opened.forEach(LedgerBackend.Opened::close);
    }

    private LedgerBackend.Opened open(String realm) {
        return open(realm, CAPACITY, LEASE, InstantSource.fixed(NOW));
    }

    private static long charge(Ledger ledger) throws Exception {
        return ledger.charge(PAYMENT, 1, 3, 3, NOW.plusSeconds(60)).left();
    }

    /** An H2 that the application has of its own. */
    private static final class OtherH2 implements AutoCloseable {

        private final URLClassLoader loader;
        private final Driver driver;

        OtherH2() throws Exception {
            URL jar = Path.of(System.getProperty("h2.jar")).toUri().toURL();
            loader = new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
            driver = (Driver)
                    loader.loadClass("org.h2.Driver").getDeclaredConstructor().newInstance();
        }

        /** Of the file of this realm. */
        Connection connect(Path directory, String realm) throws SQLException {
            Properties user = new Properties();
            user.put("user", "lsat");
            return Objects.requireNonNull(driver.connect("jdbc:h2:file:" + directory.resolve(realm + "-bc"), user));
        }

        @Override
        public void close() throws IOException, ReflectiveOperationException {
            driver.getClass().getMethod("unload").invoke(null);
            loader.close();
        }
    }

    @Test
    void aReopenedFileHasEveryCount() throws Exception {
        LedgerBackend.Opened ledger = open("reopened");
        assertThat(charge(ledger)).isEqualTo(2);
        ledger.close();
        assertThat(charge(open("reopened"))).isEqualTo(1);
    }

    @Test
    void noDriverIsRegistered() throws Exception {
        LedgerBackend.Opened ledger = open("undriven");
        charge(ledger);
        assertThat(DriverManager.drivers()).isEmpty();
        ledger.close();
        assertThat(DriverManager.drivers()).isEmpty();
    }

    @Test
    void aFileThatAnotherHasOpenIsToldFromOneThatAnotherH2Made() throws Exception {
        try (OtherH2 other = new OtherH2()) {
            Ledger ledger = open("other");
            try (Connection connection = other.connect(directory, "other");
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE kept (one INT)");
                assertThatThrownBy(() -> charge(ledger)).hasMessageContaining("another application, has it open");
            }
            byte[] before = Files.readAllBytes(directory.resolve("other-bc.mv.db"));
            Ledger later = open("other");
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> charge(later))
                        .hasMessageContaining(
                                "other-bc.mv.db: it was made by H2 in a JAR of its own, and this is lsat-all");
            }
            assertThat(directory.resolve("other-bc.mv.db")).hasBinaryContent(before);
        }
    }
}
