package org.lsat.it.regtest;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Polls for what another process does. */
final class Await {

    private static final int POLL_MILLIS = 50;

    private Await() {}

    /** Something that becomes true; as long as the other process cannot be asked, it is not. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    static void until(String what, Duration atMost, Condition condition) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        Exception last = null;
        while (System.nanoTime() < end) {
            try {
                if (condition.holds()) {
                    return;
                }
                last = null;
            } catch (IOException | StatusRuntimeException e) {
                last = e;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        throw failure(what, atMost, last);
    }

    private static AssertionError failure(String what, Duration atMost, @Nullable Exception last) {
        return new AssertionError("not within " + atMost + ": " + what, last);
    }
}
