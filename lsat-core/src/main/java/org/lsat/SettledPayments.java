package org.lsat;

import java.time.Instant;
import java.util.Optional;
import org.lsat.ledger.Charge;
import org.lsat.ledger.Ledger;
import org.lsat.ledger.LedgerUnavailableException;
import org.lsat.protocol.PaymentHash;

/**
 * The payments of which the node has said that they have arrived: each is asked about once, and never again where the ledger
 * lasts, in which a pass is noted for that. Else it is again after a restart, or when so many others came since that it was
 * forgotten. Thread-safe; no lock while the node is asked.
 */
final class SettledPayments {

    private final InvoiceSource invoices;
    private final Ledger ledger;
    private final RecentPayments settled = new RecentPayments();

    SettledPayments(InvoiceSource invoices, Ledger ledger) {
        this.invoices = invoices;
        this.ledger = ledger;
    }

    /**
     * Whether it has arrived; asks the node where that is not known. What has not is not remembered: it still may.
     *
     * @param endOfPass empty where its uses are counted, and so in the ledger anyway
     */
    boolean contains(PaymentHash payment, Optional<Instant> endOfPass) throws InvoiceException {
        if (settled.contains(payment)) {
            return true;
        }
        boolean arrived = wasUsed(payment);
        if (!arrived && invoices.isSettled(payment)) {
            arrived = true;
            endOfPass.ifPresent(end -> note(payment, end));
        }
        if (arrived) {
            settled.add(payment);
        }
        return arrived;
    }

    private boolean wasUsed(PaymentHash payment) {
        try {
            return ledger.used(payment) > 0;
        } catch (LedgerUnavailableException e) {
            // The node knows.
            return false;
        }
    }

    private void note(PaymentHash payment, Instant end) {
        try {
            Charge charge = ledger.charge(payment, 1, 1, 1, end);
            if (charge.status() == Charge.Status.APPLIED) {
                ledger.settle(charge, 1, 0);
            }
        } catch (LedgerUnavailableException e) {
            // A pass needs no ledger: the node is asked again after a restart.
        }
    }
}
