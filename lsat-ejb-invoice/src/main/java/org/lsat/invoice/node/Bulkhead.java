package org.lsat.invoice.node;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps a slow node from taking all threads of a server: so many callers ask it at once, so many wait for their turn, and
 * the others are turned away without waiting. Thread-safe.
 */
final class Bulkhead {

    private final Semaphore calls;
    private final AtomicInteger free;

    /** At most {@code calls} at once, and at most {@code waiting} more. */
    Bulkhead(int calls, int waiting) {
        this.calls = new Semaphore(calls, true);
        this.free = new AtomicInteger(calls + waiting);
    }

    /**
     * Waits for a turn.
     *
     * @return whether it came; then, and only then, {@link #leave} is called afterwards
     */
    boolean enter(Duration atMost) throws InterruptedException {
        if (free.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            return false;
        }
        boolean entered = false;
        try {
            entered = calls.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            if (!entered) {
                free.incrementAndGet();
            }
        }
        return entered;
    }

    void leave() {
        calls.release();
        free.incrementAndGet();
    }
}
