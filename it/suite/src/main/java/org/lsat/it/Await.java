package org.lsat.it;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Waits for what another thread does. */
public final class Await {

    private static final int MOST_SECONDS = 30;

    private Await() {}

    /** Something that becomes true. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws IOException;
    }

    public static void until(String what, Condition condition) throws IOException {
        for (long i = 0; i < TimeUnit.SECONDS.toMillis(MOST_SECONDS) / 100; i++) {
            if (condition.holds()) {
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("did not happen within " + MOST_SECONDS + " s: " + what);
    }
}
