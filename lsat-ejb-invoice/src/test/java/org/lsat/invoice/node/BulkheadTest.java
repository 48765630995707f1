package org.lsat.invoice.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BulkheadTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Bulkhead bulkhead = new Bulkhead(2, 1);

    @Test
    @Timeout(10)
    void soManyEnterOneMoreWaitsAndTheOthersAreTurnedAwayAtOnce() throws Exception {
        assertThat(bulkhead.enter(LONG)).isTrue();
        assertThat(bulkhead.enter(LONG)).isTrue();
        CompletableFuture<Boolean> entered = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                entered.complete(bulkhead.enter(LONG));
            } catch (InterruptedException e) {
                entered.completeExceptionally(e);
            }
        });
        waiting.start();
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        assertThat(bulkhead.enter(LONG)).isFalse();
        assertThat(entered).isNotDone();
        bulkhead.leave();
        assertThat(entered.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Timeout(10)
    void whoWaitedInVainTakesNobodysPlace() throws Exception {
        bulkhead.enter(LONG);
        bulkhead.enter(LONG);
        for (int i = 0; i < 10; i++) {
            assertThat(bulkhead.enter(Duration.ofMillis(1))).isFalse();
        }
        bulkhead.leave();
        bulkhead.leave();
        assertThat(bulkhead.enter(Duration.ZERO)).isTrue();
        assertThat(bulkhead.enter(Duration.ZERO)).isTrue();
        assertThat(bulkhead.enter(Duration.ZERO)).isFalse();
    }
}
