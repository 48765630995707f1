package org.lsat.invoice.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.lsat.InvoiceException;

class RecentCheckTest {

    private long now;
    private int asked;
    private boolean isDown;

    private final RecentCheck check = new RecentCheck(this::ask, () -> now);

    private void ask() throws InvoiceException {
        asked++;
        if (isDown) {
            throw new InvoiceException("down", Duration.ofSeconds(5));
        }
    }

    @Test
    void theNodeIsAskedOnceASecond() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            check.run();
        }
        assertThat(asked).isEqualTo(1);
        isDown = true;
        check.run();
        now += Duration.ofSeconds(1).toNanos();
        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(check::run).isInstanceOf(InvoiceException.class).hasMessage("down");
        }
        assertThat(asked).isEqualTo(2);
        isDown = false;
        now += Duration.ofSeconds(1).toNanos();
        assertThatCode(check::run).doesNotThrowAnyException();
    }

    @Test
    void whileOneAsksTheOthersAreToldWhatWasFoundBefore() throws Exception {
        CountDownLatch asking = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        RecentCheck slow = new RecentCheck(
                () -> {
                    ask();
                    if (asked == 2) {
                        asking.countDown();
                        awaitUninterrupted(answered);
                    }
                },
                () -> now);
        slow.run();
        now += Duration.ofSeconds(2).toNanos();
        Thread first = new Thread(() -> assertThatCode(slow::run).doesNotThrowAnyException());
        first.start();
        asking.await();

        slow.run();
        assertThat(asked).isEqualTo(2);
        answered.countDown();
        first.join();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
