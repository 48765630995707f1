package org.lsat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.lsat.ledger.Charge;
import org.lsat.ledger.Ledger;
import org.lsat.ledger.LedgerUnavailableException;

/** One charged use of a payment, on its way to being counted or given back. */
final class CountedUse implements Settlement {

    private final Ledger ledger;
    private final Charge charge;

    /** What the application says that it costs; null where uses are counted. */
    private final @Nullable Balance balance;

    private final UsesInFlight inFlight;
    private final long startedMillis;
    private final AtomicBoolean settled = new AtomicBoolean();

    CountedUse(Ledger ledger, Charge charge, @Nullable Balance balance, UsesInFlight inFlight, long startedMillis) {
        this.ledger = ledger;
        this.charge = charge;
        this.balance = balance;
        this.inFlight = inFlight;
        this.startedMillis = startedMillis;
    }

    @Override
    public void answered(int status) throws LedgerUnavailableException {
        settle(Settlement.isServed(status));
    }

    @Override
    public void giveBack() throws LedgerUnavailableException {
        settle(false);
    }

    @Override
    public boolean isCounted() {
        return true;
    }

    void settle(boolean counts) throws LedgerUnavailableException {
        if (settled.compareAndSet(false, true)) {
            inFlight.remove(this);
            long cost = balance == null ? charge.units() : balance.costMsat();
            ledger.settle(charge, counts ? cost : 0, counts ? 0 : charge.units());
        }
    }

    /** Also true where the clock was set back since: nobody knows how long it has been. */
    boolean isOlderThan(long millis, long nowMillis) {
        return nowMillis - startedMillis > millis || startedMillis - nowMillis > millis;
    }
}
