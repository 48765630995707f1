package org.lsat.ledger.jdbc;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps a database that hangs or is gone from taking the threads of a server: so many ask it at once, and as long as it
 * fails only one in a while. Thread-safe.
 */
final class Gate {

    private static final int AT_ONCE = 32;
    static final long MOST_WAIT_MILLIS = 500;
    private static final long WORKS = Long.MIN_VALUE;

    private final Semaphore places = new Semaphore(AT_ONCE);
    private final long probeNanos;
    private final LongSupplier nanoTime;

    /** When somebody may try again, by that clock; {@link #WORKS} where all may. */
    private final AtomicLong nextProbe = new AtomicLong(WORKS);

    /** {@code nanoTime}: as {@link System#nanoTime}. */
    Gate(long probeNanos, LongSupplier nanoTime) {
        this.probeNanos = probeNanos;
        this.nanoTime = nanoTime;
    }

    /** Whether to ask; then, and only then, {@link #leave} is called afterwards. */
    boolean enter() {
        long probe = nextProbe.get();
        long now = nanoTime.getAsLong();
        if (probe != WORKS && (now - probe < 0 || !nextProbe.compareAndSet(probe, now + probeNanos))) {
            return false;
        }
        return places.tryAcquire() || (probe == WORKS && isPlaceSoon());
    }

    /** A burst on a database that works is no reason to turn anybody away. */
    private boolean isPlaceSoon() {
        try {
            return places.tryAcquire(MOST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether what was asked last has worked, as far as it is known. */
    boolean isOpen() {
        return nextProbe.get() == WORKS;
    }

    /** Somebody may ask at once. */
    void tryAgain() {
        if (!isOpen()) {
            nextProbe.set(nanoTime.getAsLong());
        }
    }

    void leave(boolean worked) {
        places.release();
        if (worked) {
            nextProbe.set(WORKS);
        } else {
            nextProbe.set(nanoTime.getAsLong() + probeNanos);
        }
    }
}
