package org.lsat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.lsat.ledger.LedgerUnavailableException;

/**
 * The uses that are charged and not settled. One that takes longer than half the ledger's lease is settled as counted:
 * else its lease would lapse while the application still serves it, and the same use be sold again. That only matters to
 * somebody who charges, so whoever charges looks, at most every eighth of the lease; no thread is needed.
 */
final class UsesInFlight {

    private final Set<CountedUse> uses = ConcurrentHashMap.newKeySet();
    private final long halfLeaseMillis;
    private final long everyMillis;
    private final AtomicLong nextLook = new AtomicLong(Long.MIN_VALUE);

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

    void settleOverdue(long nowMillis) throws LedgerUnavailableException {
        long next = nextLook.get();
        if (nowMillis < next || !nextLook.compareAndSet(next, nowMillis + everyMillis)) {
            return;
        }
        for (CountedUse use : uses) {
            if (use.startedBefore(nowMillis - halfLeaseMillis)) {
                use.settle(true);
            }
        }
    }
}
