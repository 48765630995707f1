package org.lsat.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.lsat.protocol.PaymentHash;

/**
 * The ledger in memory: exact and fast, and gone at a restart, which would sell everything again. Default of the dev
 * wallet only. A row costs about 150 bytes.
 */
public final class MemoryLedger implements Ledger {

    /** Rows looked at for each new one, so that the work of forgetting is spread and no request pays for all of it. */
    private static final int SWEPT_PER_NEW_ROW = 32;

    private final ConcurrentHashMap<PaymentHash, Row> rows = new ConcurrentHashMap<>();
    private final long nearlyFull;
    private final Duration lease;
    private final InstantSource clock;

    /** Guards {@link #sweep}: whoever finds it taken leaves the sweeping to the other. */
    private final AtomicBoolean sweeping = new AtomicBoolean();

    private Iterator<Map.Entry<PaymentHash, Row>> sweep = rows.entrySet().iterator();

    /** Times are epoch milliseconds. */
    private record Row(long used, long pending, long givenBack, long epoch, long pendingUntil, long keptUntil) {

        Row withoutLapsed(long now) {
            return pending > 0 && now >= pendingUntil
                    ? new Row(used, 0, givenBack, epoch + 1, pendingUntil, keptUntil)
                    : this;
        }
    }

    /**
     * An empty ledger.
     *
     * @param capacity payments; at nine tenths of it counted plans are no longer sold
     * @param lease after which a pending use is lost
     */
    public MemoryLedger(long capacity, Duration lease, InstantSource clock) {
        this.nearlyFull = Math.max(1, capacity / 10 * 9 + capacity % 10 * 9 / 10);
        this.lease = lease;
        this.clock = clock;
    }

    @Override
    public Charge charge(PaymentHash payment, long units, long bought, long limit, Instant expiresAt) {
        Charging charging = new Charging(payment, units, bought, limit, expiresAt, clock.millis());
        rows.compute(payment, (key, row) -> charging.apply(row));
        if (charging.isNewRow) {
            sweepSome();
        }
        return charging.outcome;
    }

    /** One charge, applied inside the map's atomic update of its row. */
    private final class Charging {
        private final PaymentHash payment;
        private final long units;
        private final long bought;
        private final long limit;
        private final long keptUntil;
        private final long now;
        private boolean isNewRow;
        private Charge outcome;

        Charging(PaymentHash payment, long units, long bought, long limit, Instant expiresAt, long now) {
            this.payment = payment;
            this.units = units;
            this.bought = bought;
            this.limit = limit;
            this.keptUntil = expiresAt.plus(KEPT_LONGER).toEpochMilli();
            this.now = now;
            this.outcome = refused(Charge.Status.IN_FLIGHT);
        }

        /** A refused charge of a payment that is not known yet leaves no row. */
        @Nullable Row apply(@Nullable Row present) {
            Row row = present == null ? new Row(0, 0, 0, 0, 0, keptUntil) : present.withoutLapsed(now);
            if (row.used + row.pending + units > limit) {
                outcome = refused(row.used + units > limit ? Charge.Status.EXHAUSTED : Charge.Status.IN_FLIGHT);
                return present == null ? null : row;
            }
            isNewRow = present == null;
            long pending = row.pending + units;
            long left = limit - row.used - pending;
            outcome = new Charge(Charge.Status.APPLIED, payment, units, bought, left, isNewRow, row.epoch);
            long until = now + lease.toMillis();
            return new Row(row.used, pending, row.givenBack, row.epoch, until, Math.max(row.keptUntil, keptUntil));
        }

        private Charge refused(Charge.Status status) {
            return new Charge(status, payment, units, bought, 0, false, 0);
        }
    }

    @Override
    public void settle(Charge charge, long cost, long givenBack) {
        rows.computeIfPresent(charge.payment(), (key, row) -> {
            boolean pendingIsOurs = row.epoch == charge.epoch();
            long pending = pendingIsOurs ? row.pending - charge.units() : row.pending;
            long returned = row.givenBack + givenBack;
            boolean tooMany = givenBack > 0 && returned > charge.mostGivenBack();
            // Where the lease lapsed, what was pending is given back already; counted once, but not above what was
            // bought.
            long used = Math.min(charge.bought(), row.used + (tooMany ? charge.units() : cost));
            return new Row(
                    used, pending, tooMany ? row.givenBack : returned, row.epoch, row.pendingUntil, row.keptUntil);
        });
    }

    @Override
    public long used(PaymentHash payment) {
        Row row = rows.get(payment);
        return row == null ? 0 : row.used;
    }

    @Override
    public boolean isNearlyFull() {
        if (rows.mappingCount() < nearlyFull) {
            return false;
        }
        sweepSome();
        return rows.mappingCount() >= nearlyFull;
    }

    private void sweepSome() {
        if (!sweeping.compareAndSet(false, true)) {
            return;
        }
        try {
            long now = clock.millis();
            for (int i = 0; i < SWEPT_PER_NEW_ROW; i++) {
                if (!sweep.hasNext()) {
                    sweep = rows.entrySet().iterator();
                    return;
                }
                Map.Entry<PaymentHash, Row> entry = sweep.next();
                if (entry.getValue().keptUntil < now) {
                    rows.remove(entry.getKey(), entry.getValue());
                }
            }
        } finally {
            sweeping.set(false);
        }
    }
}
