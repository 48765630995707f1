package org.lsat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.lsat.ledger.LedgerUnavailableException;

/**
 * The uses that are charged and not settled. One that takes longer than half the ledger's lease is settled as counted:
 * else its lease would lapse while the application still serves it, and the same use be sold again. That only matters to
 * somebody who charges, so whoever charges looks, at most every eighth of the lease. Where the ledger is shared, that may be
 * somebody elsewhere, who does not see these uses: there a thread of the ledger's looks as often.
 */
final class UsesInFlight {

    private static final long MOST_WAIT_MILLIS = 500;

    private final Set<CountedUse> uses = ConcurrentHashMap.newKeySet();
    private final long halfLeaseMillis;
    private final long everyMillis;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile long nextLook = Long.MIN_VALUE;

    UsesInFlight(Duration lease) {
        this.halfLeaseMillis = lease.toMillis() / 2;
        this.everyMillis = lease.toMillis() / 8;
    }

    void add(CountedUse use) {
        uses.add(use);
    }

    void remove(CountedUse use) {
        uses.remove(use);
    }

    /**
     * Settles what is overdue, if it is time to look. Whoever comes while another looks waits for it: he may be about to
     * charge what the other is about to count.
     *
     * @throws LedgerUnavailableException if the other takes long: a ledger that hangs must not keep everybody
     */
    void settleOverdue(long nowMillis) throws LedgerUnavailableException {
        if (!isDue(nowMillis)) {
            return;
        }
        if (!isTurnSoon()) {
            throw new LedgerUnavailableException("the ledger takes too long to count what is in flight", null);
        }
        try {
            if (isDue(nowMillis)) {
                look(nowMillis);
            }
        } finally {
            looking.unlock();
        }
    }

    private boolean isTurnSoon() {
        try {
            // At once first: a thread that the application left interrupted gets what is free, and no more.
            return looking.tryLock() || looking.tryLock(MOST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A next look that lies too far ahead is from before the clock was set back. */
    private boolean isDue(long nowMillis) {
        return nowMillis >= nextLook || nextLook > nowMillis + everyMillis;
    }

    private void look(long nowMillis) {
        for (CountedUse use : uses) {
            if (use.isOlderThan(halfLeaseMillis, nowMillis)) {
                settle(use);
            }
        }
        nextLook = nowMillis + everyMillis;
    }

    private static void settle(CountedUse use) {
        try {
            use.settle(true);
        } catch (LedgerUnavailableException e) {
            // Somebody else's use, which lapses with its lease; the caller hears of the ledger by its own charge.
        }
    }
}
