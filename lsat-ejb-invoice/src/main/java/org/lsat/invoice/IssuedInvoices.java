package org.lsat.invoice;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.lsat.protocol.Preimage;

/**
 * The invoices that may still be paid, by their whole text, so that one that was altered is simply unknown. Bounded: what
 * expired goes first, then the oldest. Thread-safe; a lock is held for a few map operations.
 */
final class IssuedInvoices {

    /** How many that expired go for one that comes: more than one, so that the backlog of a busy hour drains. */
    private static final int SWEPT = 4;

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();

    /** Oldest first. */
    private final Map<String, Issued> issued = new LinkedHashMap<>();

    /** At most {@code capacity}, above 0. */
    IssuedInvoices(int capacity) {
        this.capacity = capacity;
    }

    private record Issued(Preimage preimage, Instant expiresAt) {}

    /** Remembers one; {@code bolt11} is lower case. */
    void add(String bolt11, Preimage preimage, Instant expiresAt, Instant now) {
        lock.lock();
        try {
            Iterator<Issued> oldest = issued.values().iterator();
            for (int i = 0; i < SWEPT && oldest.hasNext(); i++) {
                boolean expired = !now.isBefore(oldest.next().expiresAt());
                if (!expired && issued.size() < capacity) {
                    break;
                }
                oldest.remove();
            }
            issued.put(bolt11, new Issued(preimage, expiresAt));
        } finally {
            lock.unlock();
        }
    }

    /** Its preimage, if it is known and has not expired; all lower case, or all upper case as QR codes have it. */
    Optional<Preimage> find(String bolt11, Instant now) {
        String key = bolt11.toLowerCase(Locale.ROOT);
        if (!bolt11.equals(key) && !bolt11.equals(key.toUpperCase(Locale.ROOT))) {
            return Optional.empty();
        }
        lock.lock();
        try {
            return Optional.ofNullable(issued.get(key))
                    .filter(found -> now.isBefore(found.expiresAt()))
                    .map(Issued::preimage);
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return issued.size();
        } finally {
            lock.unlock();
        }
    }
}
