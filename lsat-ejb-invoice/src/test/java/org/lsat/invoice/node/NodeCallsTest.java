package org.lsat.invoice.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lsat.InvoiceException;

class NodeCallsTest {

    private static final int AT_ONCE = 16;
    private static final Duration DEADLINE = Duration.ofSeconds(1);

    private final NodeCalls calls = new NodeCalls(
            "the node",
            DEADLINE,
            AT_ONCE,
            cause -> new NodeCalls.Failure(
                    new InvoiceException("silent", Duration.ofSeconds(1)), cause instanceof TimeoutException));

    private String ask(CompletableFuture<String> answer, CountDownLatch sent) throws InvoiceException {
        return calls.ask(
                () -> {
                    sent.countDown();
                    return new NodeCalls.Sent<>(answer, () -> {});
                },
                late -> {});
    }

    @Test
    @Timeout(20)
    void whoseTurnComesTooLateForAnAnswerIsRefusedAndTheNodeIsNotTakenForDead() throws Exception {
        CompletableFuture<String> slow = new CompletableFuture<>();
        CountDownLatch inside = new CountDownLatch(AT_ONCE);
        CountDownLatch tooLate = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<String>> first = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                first.add(threads.submit(() -> ask(slow, inside)));
            }
            inside.await();
            // Three quarters of the deadline: the node is slow, and answers.
            slow.completeOnTimeout("late", DEADLINE.toMillis() * 3 / 4, TimeUnit.MILLISECONDS);
            List<Future<String>> behind = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                behind.add(threads.submit(() -> ask(new CompletableFuture<>(), tooLate)));
            }

            for (Future<String> one : first) {
                assertThat(one.get()).isEqualTo("late");
            }
            for (Future<String> one : behind) {
                assertThat(one).failsWithin(DEADLINE).withThrowableThat().withMessageContaining("slower");
            }
            assertThat(tooLate.getCount()).as("never sent").isOne();
            assertThat(ask(CompletableFuture.completedFuture("at once"), new CountDownLatch(1)))
                    .isEqualTo("at once");
        } finally {
            threads.shutdownNow();
        }
    }
}
