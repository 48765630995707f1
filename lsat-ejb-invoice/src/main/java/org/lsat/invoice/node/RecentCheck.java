package org.lsat.invoice.node;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.lsat.InvoiceException;

/**
 * Asks a node how it is once a second at most, whoever wants to know: readiness may be asked for by anybody, and must not take
 * the place of those who buy. Thread-safe.
 */
public final class RecentCheck {

    private static final Duration KEPT = Duration.ofSeconds(1);

    private final Check check;
    private final LongSupplier nanoTime;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Outcome last;

    /** What was found, and when; {@code fault}: {@code null} where there was none. */
    private record Outcome(@Nullable InvoiceException fault, long nanoTime) {}

    /** Asks. */
    @FunctionalInterface
    public interface Check {

        /** Returns if nothing is wrong. */
        void run() throws InvoiceException;
    }

    /** Asks in this way. */
    public RecentCheck(Check check) {
        this(check, System::nanoTime);
    }

    RecentCheck(Check check, LongSupplier nanoTime) {
        this.check = check;
        this.nanoTime = nanoTime;
    }

    /**
     * What was found a second ago at most; while somebody asks, what was found before.
     *
     * @throws InvoiceException if something is wrong
     */
    public void run() throws InvoiceException {
        Outcome known = last;
        if (known == null) {
            asking.lock();
        } else if (isRecent(known) || !asking.tryLock()) {
            tell(known);
            return;
        }
        try {
            Outcome meanwhile = last;
            Outcome found = meanwhile != null && isRecent(meanwhile) ? meanwhile : ask();
            last = found;
            tell(found);
        } finally {
            asking.unlock();
        }
    }

    private boolean isRecent(Outcome outcome) {
        return nanoTime.getAsLong() - outcome.nanoTime < KEPT.toNanos();
    }

    private Outcome ask() {
        try {
            check.run();
            return new Outcome(null, nanoTime.getAsLong());
        } catch (InvoiceException e) {
            return new Outcome(e, nanoTime.getAsLong());
        }
    }

    private static void tell(Outcome outcome) throws InvoiceException {
        InvoiceException fault = outcome.fault;
        if (fault != null) {
            throw new InvoiceException(String.valueOf(fault.getMessage()), fault.retryAfter());
        }
    }
}
