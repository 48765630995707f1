package org.lsat;

import org.lsat.protocol.PaymentHash;

/**
 * The payments of which the node has said that they have arrived: each is asked about once, and again only after a restart, or
 * when so many others came since that it was forgotten. Thread-safe; no lock while the node is asked.
 */
final class SettledPayments {

    private final InvoiceSource invoices;
    private final RecentPayments settled = new RecentPayments();

    SettledPayments(InvoiceSource invoices) {
        this.invoices = invoices;
    }

    /** Whether it has arrived; asks the node where that is not known. What has not is not remembered: it still may. */
    boolean contains(PaymentHash payment) throws InvoiceException {
        if (settled.contains(payment)) {
            return true;
        }
        boolean arrived = invoices.isSettled(payment);
        if (arrived) {
            settled.add(payment);
        }
        return arrived;
    }
}
