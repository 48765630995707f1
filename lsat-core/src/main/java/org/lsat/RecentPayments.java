package org.lsat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.lsat.protocol.PaymentHash;

/**
 * Payments that were seen since the start, as many as there is room for: the oldest are forgotten by half the capacity at a
 * time. Thread-safe; asking takes no lock.
 */
public final class RecentPayments {

    /** In each of two generations; some 15 MB, if both are full. */
    private static final int CAPACITY = 50_000;

    private volatile Set<PaymentHash> young = ConcurrentHashMap.newKeySet();
    private volatile Set<PaymentHash> old = Set.of();

    /** None yet. */
    public RecentPayments() {}

    /** Whether it was seen, and is not forgotten. */
    public boolean contains(PaymentHash payment) {
        return young.contains(payment) || old.contains(payment);
    }

    /** Whether it was not there; takes a lock only then. */
    public boolean add(PaymentHash payment) {
        return !contains(payment) && addNew(payment);
    }

    private synchronized boolean addNew(PaymentHash payment) {
        if (contains(payment)) {
            return false;
        }
        if (young.size() >= CAPACITY) {
            old = young;
            young = ConcurrentHashMap.newKeySet();
        }
        return young.add(payment);
    }
}
