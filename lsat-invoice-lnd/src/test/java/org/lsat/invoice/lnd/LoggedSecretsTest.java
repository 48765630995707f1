package org.lsat.invoice.lnd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.lsat.Invoice;
import org.lsat.testkit.FakeLnd;

/** Whoever turns on all logging, as to find out why the node does not answer, has no secret in the log. */
@ParameterizedClass
@EnumSource(Door.class)
class LoggedSecretsTest {

    /** The fake node's, which writes what it likes. */
    private static final String OTHER_SIDE = "OkHttpServer";

    @TempDir
    Path directory;

    private final Door door;
    private final Logger root = Logger.getLogger("");
    private final Level usual = root.getLevel();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (!line.getLoggerName().contains(OTHER_SIDE)) {
                lines.add(line.getLoggerName() + " " + line.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    LoggedSecretsTest(Door door) {
        this.door = door;
    }

    @BeforeEach
    void listen() {
        root.setLevel(Level.ALL);
        root.addHandler(handler);
    }

    @AfterEach
    void ignore() {
        root.removeHandler(handler);
        root.setLevel(usual);
    }

    @Test
    void neitherTheMacaroonNorAPreimageIsLogged() throws Exception {
        try (FakeLnd lnd = FakeLnd.start(directory, InstantSource.system(), "bcrt");
                LndInvoices invoices = door.open(door.settings(lnd))) {
            Invoice invoice = invoices.create(LndInvoicesTest.REQUEST);
            assertThat(invoices.isSettled(invoice.paymentHash())).isFalse();

            String macaroon = HexFormat.of().formatHex(Files.readAllBytes(lnd.macaroon()));
            String preimage = lnd.node().preimageOf(invoice.bolt11()).revealHex();
            assertThat(lines).isNotEmpty();
            assertThat(lines).noneMatch(line -> line.contains(macaroon)).noneMatch(line -> line.contains(preimage));
        }
    }
}
