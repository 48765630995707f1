package org.lsat.ledger;

import java.time.Instant;
import org.lsat.protocol.PaymentHash;

/**
 * The ledger of an application that sells nothing that is counted, and has chosen none. What it sold before, or gave away, is
 * refused: in memory it would be there anew after every start.
 */
public enum NoLedger implements Ledger {
    /** The only one. */
    INSTANCE;

    private static LedgerUnavailableException none() {
        return new LedgerUnavailableException(
                "nothing that is sold is counted, so there is no ledger, and a token came that is: add lsat-ledger-jdbc to the"
                        + " application, or write lsat.ledger=memory, which forgets at a restart what was used",
                null);
    }

    @Override
    public Charge charge(PaymentHash payment, long units, long bought, long limit, Instant expiresAt)
            throws LedgerUnavailableException {
        throw none();
    }

    @Override
    public void settle(Charge charge, long cost, long givenBack) throws LedgerUnavailableException {
        throw none();
    }

    @Override
    public long used(PaymentHash payment) throws LedgerUnavailableException {
        throw none();
    }

    @Override
    public boolean isNearlyFull() throws LedgerUnavailableException {
        throw none();
    }
}
