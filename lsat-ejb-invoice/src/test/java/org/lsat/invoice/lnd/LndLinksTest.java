package org.lsat.invoice.lnd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lsat.protocol.Macaroon;
import org.lsat.testkit.FakeCertificate;

/** Which macaroon and which certificate are used, when their files change. A change is seen a second later. */
class LndLinksTest {

    private static final Duration SEEN = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private final Logger log = Logger.getLogger("org.lsat");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private Path certificate;
    private Path macaroon;
    private LndLinks<String> links;

    @BeforeEach
    void open() throws IOException {
        log.addHandler(handler);
        certificate = replace("tls.cert", certificate());
        macaroon = replace("l402.macaroon", macaroon("first", "invoices"));
        LndSettings settings = new LndSettings(
                "localhost", 1, certificate, macaroon, Duration.ofSeconds(1), Optional.empty(), false, false);
        links = new LndLinks<>(settings, (tls, key) -> key.revealHex(), replaced -> {});
        links.link();
    }

    @AfterEach
    void close() {
        log.removeHandler(handler);
    }

    private Path replace(String name, byte[] content) throws IOException {
        Path aside = Files.write(directory.resolve("aside"), content);
        return Files.move(aside, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] certificate() {
        return FakeCertificate.of("localhost").certificatePem().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] macaroon(String nonce, String entity) {
        ByteArrayOutputStream identifier = new ByteArrayOutputStream();
        identifier.write(3);
        field(identifier, 1, nonce);
        ByteArrayOutputStream operation = new ByteArrayOutputStream();
        field(operation, 1, entity);
        field(operation, 2, "write");
        field(identifier, 3, operation.toString(StandardCharsets.US_ASCII));
        return Macaroon.mint(new byte[32], "lnd", identifier.toByteArray(), List.of())
                .bytes();
    }

    private static void field(ByteArrayOutputStream message, int number, String value) {
        message.write(number << 3 | 2);
        message.write(value.length());
        message.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    private boolean usesWithin(Duration time, byte[] key) throws Exception {
        String hex = HexFormat.of().formatHex(key);
        long end = System.nanoTime() + time.toNanos();
        while (!links.link().equals(hex)) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return true;
    }

    private long said(String text) {
        return lines.stream().filter(line -> line.contains(text)).count();
    }

    @Test
    void aFileThatCannotBeReadIsReportedOnceAndTheFormerIsUsedOn() throws Exception {
        byte[] former = Files.readAllBytes(macaroon);
        Files.delete(macaroon);
        Files.createDirectory(macaroon);

        assertThat(usesWithin(Duration.ofMillis(3_500), macaroon("none", "invoices")))
                .isFalse();
        assertThat(usesWithin(Duration.ZERO, former)).isTrue();
        assertThat(said("has changed and cannot be used; what was read before is used on"))
                .isEqualTo(1);
    }

    @Test
    void aMacaroonThatCameWhileTheCertificateWasAwayIsUsedWhenItIsBack() throws Exception {
        Path aside = Files.move(certificate, directory.resolve("away"));
        byte[] second = macaroon("second", "invoices");
        replace("l402.macaroon", second);
        assertThat(usesWithin(Duration.ofMillis(1_500), second)).isFalse();

        Files.move(aside, certificate);
        assertThat(usesWithin(SEEN, second)).isTrue();
    }

    @Test
    void ofAMacaroonThatMayDoMoreThanItNeedsTheLogWarnsAlsoOfOneThatComesLater() throws Exception {
        String warning = "lsat.lnd.macaroon may do more than make invoices and look them up: onchain. ";
        assertThat(said(warning)).isZero();
        byte[] admin = macaroon("admin", "onchain");
        replace("l402.macaroon", admin);

        assertThat(usesWithin(SEEN, admin)).isTrue();
        links.discard(links.link());
        links.link();
        assertThat(said(warning)).isEqualTo(1);
    }
}
