package org.lsat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.lsat.protocol.PaymentHash;

/**
 * The payments of which the node has said that they have arrived: each is asked about once, and again only after a restart, or
 * when so many others came since that it was forgotten. Thread-safe; no lock while the node is asked.
 */
final class SettledPayments {

    /** In each of two generations; some 15 MB, if both are full. */
    private static final int CAPACITY = 50_000;

    private final InvoiceSource invoices;
    private volatile Set<PaymentHash> young = ConcurrentHashMap.newKeySet();
    private volatile Set<PaymentHash> old = Set.of();

    SettledPayments(InvoiceSource invoices) {
        this.invoices = invoices;
    }

    /** Whether it has arrived; asks the node where that is not known. What has not is not remembered: it still may. */
    boolean contains(PaymentHash payment) throws InvoiceException {
        if (young.contains(payment) || old.contains(payment)) {
            return true;
        }
        boolean settled = invoices.isSettled(payment);
        if (settled) {
            remember(payment);
        }
        return settled;
    }

    private synchronized void remember(PaymentHash payment) {
        if (young.size() >= CAPACITY) {
            old = young;
            young = ConcurrentHashMap.newKeySet();
        }
        young.add(payment);
    }
}
