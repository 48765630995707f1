package org.lsat.invoice.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.lsat.InvoiceException;

class CircuitBreakerTest {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private final InvoiceException failure = new InvoiceException("the last one", PAUSE);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);
    private final CircuitBreaker breaker = new CircuitBreaker(PAUSE, now::get);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(breaker.refusalOrTurn()).isEmpty();
            breaker.failed(failure);
        }
    }

    @Test
    void fourFailuresInARowLeaveItClosedAndTheFifthOpensIt() {
        fail(4);
        assertThat(breaker.refusal()).isEmpty();
        fail(1);
        assertThat(breaker.refusal()).contains(failure);
        assertThat(breaker.refusalOrTurn()).contains(failure);
    }

    @Test
    void aSuccessBetweenThemKeepsItClosed() {
        fail(4);
        breaker.succeeded();
        fail(4);
        assertThat(breaker.refusal()).isEmpty();
    }

    @Test
    void afterAPauseOneMayTryAndTheOthersWait() {
        fail(5);
        now.addAndGet(PAUSE.toNanos());
        assertThat(breaker.refusal()).isEmpty();
        assertThat(breaker.refusalOrTurn()).isEmpty();
        assertThat(breaker.refusalOrTurn()).contains(failure);
        assertThat(breaker.refusal()).contains(failure);

        breaker.succeeded();
        assertThat(breaker.refusalOrTurn()).isEmpty();
    }

    @Test
    void oneThatNeverComesBackDoesNotKeepItOpenForEver() {
        fail(5);
        now.addAndGet(PAUSE.toNanos());
        assertThat(breaker.refusalOrTurn()).isEmpty();
        now.addAndGet(PAUSE.toNanos());
        assertThat(breaker.refusalOrTurn()).isEmpty();
    }
}
