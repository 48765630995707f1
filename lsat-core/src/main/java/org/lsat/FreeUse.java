package org.lsat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.lsat.rules.Rate;

/** One request of a rule's free ones; given back where it was not answered well. */
final class FreeUse implements Settlement {

    private static final int FIRST_ERROR = 400;

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
        if (settled.compareAndSet(false, true) && status >= FIRST_ERROR) {
            buckets.giveBack(key, quota);
        }
    }

    @Override
    public void giveBack() {
        answered(FIRST_ERROR);
    }

    @Override
    public boolean isCounted() {
        return true;
    }
}
