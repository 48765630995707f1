package org.lsat.invoice.node;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.lsat.InvoiceException;

/**
 * Stops asking a node that does not answer: after {@value #FAILURES} failures in a row it is asked once every pause, by one
 * caller, and everybody else hears at once what was wrong the last time. Thread-safe.
 */
final class CircuitBreaker {

    private static final int FAILURES = 5;

    private final long pauseNanos;
    private final LongSupplier nanoTime;
    private int inARow;
    private @Nullable InvoiceException last;

    /** When the next caller may try; meaningful after so many failures in a row. */
    private long nextTry;

    /** {@code nanoTime}: as of {@link System#nanoTime}. */
    CircuitBreaker(Duration pause, LongSupplier nanoTime) {
        this.pauseNanos = pause.toNanos();
        this.nanoTime = nanoTime;
    }

    /** What was wrong the last time, while nobody may ask. */
    synchronized Optional<InvoiceException> refusal() {
        boolean open = inARow >= FAILURES && nanoTime.getAsLong() - nextTry < 0;
        return open ? Optional.ofNullable(last) : Optional.empty();
    }

    /**
     * As {@link #refusal}; and who is not refused asks the node now, and says afterwards how it went. Others wait for that,
     * or for another pause, whichever ends first.
     */
    synchronized Optional<InvoiceException> refusalOrTurn() {
        Optional<InvoiceException> refusal = refusal();
        if (refusal.isEmpty()) {
            nextTry = nanoTime.getAsLong() + pauseNanos;
        }
        return refusal;
    }

    synchronized void succeeded() {
        inARow = 0;
        last = null;
    }

    synchronized void failed(InvoiceException why) {
        inARow++;
        last = why;
        nextTry = nanoTime.getAsLong() + pauseNanos;
    }
}
