package org.lsat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.lsat.rules.Rate;

/** One request of a rule's free ones; given back where it was not answered well. */
final class FreeUse implements Settlement {

    private final Buckets<Allowances.Key> buckets;
    private final Allowances.Key key;
    private final Rate quota;
    private final AtomicBoolean settled = new AtomicBoolean();

    FreeUse(Buckets<Allowances.Key> buckets, Allowances.Key key, Rate quota) {
        this.buckets = buckets;
        this.key = key;
        this.quota = quota;
    }

    @Override
    public void answered(int status) {
        settle(Settlement.isServed(status));
    }

    @Override
    public void giveBack() {
        settle(false);
    }

    private void settle(boolean counts) {
        if (settled.compareAndSet(false, true) && !counts) {
            buckets.giveBack(key, quota);
        }
    }

    @Override
    public boolean isCounted() {
        return true;
    }
}
