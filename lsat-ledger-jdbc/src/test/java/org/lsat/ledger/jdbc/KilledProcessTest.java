package org.lsat.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;
import org.lsat.ledger.Charge;
import org.lsat.ledger.LedgerBackend;
import org.lsat.protocol.PaymentHash;

/** What was counted when a process is killed without a word, is counted. */
final class KilledProcessTest {

    private static final PaymentHash PAYMENT = new PaymentHash(4, 0, 2, 1);
    private static final long BOUGHT = 1_000_000;

    @TempDir
    Path directory;

    private static JdbcLedger open(Path file, InstantSource clock) {
        return new JdbcLedger(
                new H2File(file),
                file.toString(),
                new LedgerBackend.Terms("shop", "bc", 1_000, Duration.ofMinutes(2), clock));
    }

    private static Charge charge(JdbcLedger ledger, Instant now) throws Exception {
        return ledger.charge(PAYMENT, 1, BOUGHT, BOUGHT, now.plus(Duration.ofDays(1)));
    }

    /** Uses as much as it can, and says so after each use. */
    static final class Using {

        private Using() {}

        @SuppressWarnings("SystemOut") // Who started it reads that.
        public static void main(String[] arguments) throws Exception {
            JdbcLedger ledger = open(Path.of(arguments[0]), InstantSource.system());
            for (int used = 1; used < BOUGHT; used++) {
                ledger.settle(charge(ledger, Instant.now()), 1, 0);
                System.out.println(used);
            }
        }
    }

    @RepeatedTest(3)
    void whatWasCountedBeforeAKillIsCountedAfterwards() throws Exception {
        Path file = directory.resolve("ledger");
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Using.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile())
                .start();
        while (said(output) < 500) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(20);
        }
        process.destroyForcibly();
        process.waitFor();
        long said = said(output);

        Instant later = Instant.now().plus(Duration.ofMinutes(3));
        try (JdbcLedger ledger = open(file, InstantSource.fixed(later))) {
            long used = BOUGHT - 1 - charge(ledger, later).left();
            // The last one may have been counted and not said.
            assertThat(used).isBetween(said, said + 1);
        }
    }

    /** The last whole line. */
    private static long said(Path output) throws IOException {
        String all = Files.readString(output);
        String whole = all.substring(0, all.lastIndexOf('\n') + 1).strip();
        return whole.isEmpty() ? 0 : Long.parseLong(whole.substring(whole.lastIndexOf('\n') + 1));
    }
}
