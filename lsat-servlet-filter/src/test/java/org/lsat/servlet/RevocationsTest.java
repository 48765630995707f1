package org.lsat.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lsat.Validity;
import org.lsat.config.ConfigReader;
import org.lsat.config.ConfigValues;
import org.lsat.config.Settings;
import org.lsat.config.SettingsReader;
import org.lsat.ledger.Charge;
import org.lsat.ledger.LedgerBackend;
import org.lsat.ledger.LedgerUnavailableException;
import org.lsat.protocol.PaymentHash;
import org.lsat.protocol.RevokedPayments;

class RevocationsTest {

    private final Revocations revocations = of("aaaaaaaa");

    static Revocations ofNone() {
        return of("ffffffff");
    }

    private static Revocations of(String revoked) {
        ConfigReader config = new ConfigReader(ConfigValues.of(Map.of(
                "lsat.backend", "dev",
                "lsat.rules.one.path", "/one",
                "lsat.rules.one.price", "1 sat",
                "lsat.revoked", revoked)));
        Settings settings = SettingsReader.read(config, Map.of("dev", true), new SecureRandom());
        return new Revocations(
                new Validity(settings), settings.revoked().atStart(), new Warnings(InstantSource.system()));
    }

    /** Rows of a table, and nobody else who reads them. */
    private static final class Rows implements LedgerBackend.Opened {

        private final Set<String> rows = new TreeSet<>();
        private boolean away;
        private Consumer<Set<String>> listener = none -> {};

        @Override
        public void revoke(String prefix) throws LedgerUnavailableException {
            if (away) {
                throw new LedgerUnavailableException("it is away", null);
            }
            rows.add(prefix);
        }

        @Override
        public void onLease(Runnable settleOverdue) {}

        @Override
        public void onRevoked(Consumer<Set<String>> told) {
            listener = told;
        }

        void tell() {
            listener.accept(Set.copyOf(rows));
        }

        @Override
        public void close() {}

        @Override
        public String place() {
            return "the test";
        }

        @Override
        public Charge charge(PaymentHash payment, long units, long bought, long limit, Instant expiresAt) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void settle(Charge charge, long cost, long givenBack) {}

        @Override
        public long used(PaymentHash payment) {
            return 0;
        }

        @Override
        public boolean isNearlyFull() {
            return false;
        }
    }

    @Test
    void thoseOfTheConfigurationAndThoseOfTheLedgerHoldTogether() {
        Rows ledger = new Rows();
        revocations.share(ledger);
        revocations.revoke(" BBBBBBBBB ");
        assertThat(ledger.rows).containsExactly("bbbbbbbbb");
        assertThat(revocations.prefixes()).containsExactly("aaaaaaaa", "bbbbbbbbb");
        ledger.rows.add("cccccccc");
        ledger.rows.add("written by hand, and none");
        ledger.tell();
        assertThat(revocations.prefixes()).containsExactly("aaaaaaaa", "bbbbbbbbb", "cccccccc");
        revocations.configure(RevokedPayments.NONE);
        ledger.rows.remove("bbbbbbbbb");
        ledger.tell();
        assertThat(revocations.prefixes()).containsExactly("cccccccc");
    }

    /** The ledger's thread may have begun to read just before the row was written. */
    @Test
    void oneHoldsHereAlsoWhereTheLedgerWasReadBeforeItWasWritten() {
        Rows ledger = new Rows();
        revocations.share(ledger);
        revocations.revoke("bbbbbbbb");
        ledger.listener.accept(Set.of("cccccccc"));
        assertThat(revocations.prefixes()).containsExactly("aaaaaaaa", "bbbbbbbb", "cccccccc");
        ledger.tell();
        assertThat(revocations.prefixes()).containsExactly("aaaaaaaa", "bbbbbbbb");
        ledger.rows.remove("bbbbbbbb");
        ledger.tell();
        assertThat(revocations.prefixes()).containsExactly("aaaaaaaa");
    }

    @Test
    void oneHoldsHereAlsoWhereNoLedgerKeepsIt() {
        revocations.revoke("bbbbbbbb");
        assertThat(revocations.prefixes()).containsExactly("aaaaaaaa", "bbbbbbbb");
        Rows ledger = new Rows();
        ledger.away = true;
        revocations.share(ledger);
        assertThatThrownBy(() -> revocations.revoke("cccccccc"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("it is away");
        assertThat(revocations.prefixes()).contains("cccccccc");
    }

    @Test
    void whatIsNoPrefixIsRefused() {
        assertThatThrownBy(() -> revocations.revoke("1234567"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a payment hash, or its first 8 hex digits or more");
    }
}
