package org.lsat.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.lsat.ledger.Charge;
import org.lsat.ledger.Ledger;

/** One payment's uses, each remembered by itself and counted anew for every question: too slow and too plain to be wrong. */
final class NaiveLedger {

    private final long bought;
    private final Duration lease;
    private final List<Use> uses = new ArrayList<>();
    private Instant lastCharge = Instant.EPOCH;

    NaiveLedger(long bought, Duration lease) {
        this.bought = bought;
        this.lease = lease;
    }

    private enum State {
        PENDING,
        LAPSED,
        COUNTED,
        GIVEN_BACK
    }

    static final class Use {
        private State state = State.PENDING;
    }

    /** What {@link Ledger#charge} says, without what belongs to an implementation. */
    record Answer(Charge.Status status, long left) {}

    Answer charge(long limit, Instant now) {
        if (!now.isBefore(lastCharge.plus(lease))) {
            uses.stream().filter(use -> use.state == State.PENDING).forEach(use -> use.state = State.LAPSED);
        }
        long used = Math.min(bought, count(State.COUNTED));
        long pending = count(State.PENDING);
        if (used >= limit) {
            return new Answer(Charge.Status.EXHAUSTED, 0);
        }
        if (used + pending >= limit) {
            return new Answer(Charge.Status.IN_FLIGHT, 0);
        }
        uses.add(new Use());
        lastCharge = now;
        return new Answer(Charge.Status.APPLIED, limit - used - pending - 1);
    }

    Use lastUse() {
        return uses.get(uses.size() - 1);
    }

    void settle(Use use, boolean counts) {
        boolean mayReturn = count(State.GIVEN_BACK) < bought + Ledger.GIVEN_BACK_BEYOND_BOUGHT;
        use.state = counts || !mayReturn ? State.COUNTED : State.GIVEN_BACK;
    }

    private long count(State state) {
        return uses.stream().filter(use -> use.state == state).count();
    }
}
