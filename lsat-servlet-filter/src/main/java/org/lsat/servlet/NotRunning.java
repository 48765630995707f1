package org.lsat.servlet;

import java.time.Duration;
import java.time.Instant;
import org.lsat.Invoice;
import org.lsat.InvoiceException;
import org.lsat.InvoiceRequest;
import org.lsat.InvoiceSource;
import org.lsat.ledger.Charge;
import org.lsat.ledger.Ledger;
import org.lsat.ledger.LedgerUnavailableException;
import org.lsat.protocol.PaymentHash;

/**
 * Node and ledger of an application that has not started yet, or is stopping: nothing is sold and nothing is counted, so
 * that priced paths answer 503, while passes, which need neither, go on.
 */
enum NotRunning implements InvoiceSource, Ledger {
    /** The only one. */
    INSTANCE;

    private static final String WHY = "the application is starting or stopping";

    @Override
    public Invoice create(InvoiceRequest request) throws InvoiceException {
        throw new InvoiceException(WHY, Duration.ofSeconds(5));
    }

    @Override
    public boolean isSettled(PaymentHash payment) throws InvoiceException {
        throw new InvoiceException(WHY, Duration.ofSeconds(5));
    }

    @Override
    public Charge charge(PaymentHash payment, long units, long bought, long limit, Instant expiresAt)
            throws LedgerUnavailableException {
        throw new LedgerUnavailableException(WHY, null);
    }

    @Override
    public void settle(Charge charge, long cost, long givenBack) throws LedgerUnavailableException {
        throw new LedgerUnavailableException(WHY, null);
    }

    @Override
    public long used(PaymentHash payment) throws LedgerUnavailableException {
        throw new LedgerUnavailableException(WHY, null);
    }

    @Override
    public boolean isNearlyFull() {
        return false;
    }
}
