package org.lsat.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.lsat.protocol.PaymentHash;
import org.lsat.testkit.LedgerContract;
import org.lsat.testkit.SettableClock;

@DisplayName("The ledger in memory")
final class MemoryLedgerTest extends LedgerContract {

    @Override
    protected Ledger ledger(long capacity, Duration lease, InstantSource clock) {
        return new MemoryLedger(capacity, lease, clock);
    }

    @Nested
    @DisplayName("forgets")
    final class Forgets {

        private final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");
        private final MemoryLedger small = new MemoryLedger(10, LEASE, clock);
        private final Instant end = clock.instant().plusSeconds(60);

        private void charge(int from, int to, Instant expiresAt) {
            for (int i = from; i < to; i++) {
                small.charge(new PaymentHash(0, 0, 0, i), 1, 1, 1, expiresAt);
            }
        }

        @Test
        @DisplayName("payments ten minutes after their end, and sells again")
        void paymentsTenMinutesAfterTheirEnd() {
            charge(0, 9, end);
            assertThat(small.isNearlyFull()).isTrue();
            clock.set(end.plus(Ledger.KEPT_LONGER));
            assertThat(small.isNearlyFull()).as("in the last millisecond").isTrue();
            clock.advance(Duration.ofMillis(1));
            // A sweep that an earlier question began ends before a new one begins.
            small.isNearlyFull();
            assertThat(small.isNearlyFull()).isFalse();
        }

        @Test
        @DisplayName("nothing of a payment that is refused")
        void nothingOfAPaymentThatIsRefused() {
            for (int i = 0; i < 100; i++) {
                small.charge(new PaymentHash(0, 0, 0, i), 1, 1, 0, end);
            }
            assertThat(small.isNearlyFull()).isFalse();
        }
    }
}
