package org.lsat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongUnaryOperator;
import org.lsat.rules.Rate;

/**
 * Limits challenges, never paid requests: a token bucket for each client network and one for all. A bucket is one number,
 * the time at which it will be full again (the generic cell rate algorithm, ITU-T I.371), and the networks share a table
 * of fixed size by a keyed hash: nothing to evict, nothing to grow, no lock. Two networks in one slot share a bucket. The
 * last fifth of the bucket of all is kept for networks that had no challenge for ten minutes: who asks all the time can
 * use up the rest, and a newcomer still gets one.
 * Thread-safe.
 */
final class ChallengeLimiter {

    private static final int SLOTS = 1 << 16;

    /** A request that arrived before another may come here after it: no clock was set back by that. */
    static final long CLOCK_NANOS = 60_000_000_000L;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int KNOWN_SECONDS = 600;
    private static final int KEPT_FOR_NEWCOMERS = 5;

    private final Bucket perClient;
    private final Bucket total;
    private final AtomicLongArray networks = new AtomicLongArray(SLOTS);
    private final AtomicLong all = new AtomicLong();

    /** When a network was given its last challenge, in unix seconds; as unsigned numbers they last until 2106. */
    private final AtomicIntegerArray seen = new AtomicIntegerArray(SLOTS);

    private final long seed;

    ChallengeLimiter(Rate perClient, Rate total, long seed) {
        this.perClient = new Bucket(perClient);
        this.total = new Bucket(total);
        this.seed = seed;
    }

    /** A rate in nanoseconds. */
    private static final class Bucket {
        private final boolean unlimited;
        private final long interval;
        private final long depth;

        Bucket(Rate rate) {
            this.unlimited = rate.isUnlimited();
            this.interval = Math.max(1, rate.period().toNanos() / rate.permits());
            this.depth = unlimited ? 0 : interval * rate.permits();
        }

        /** What of it is for all, a whole number of permits. */
        long withoutFifth() {
            return depth - depth / interval / KEPT_FOR_NEWCOMERS * interval;
        }

        /**
         * The new full-again time, or -1 where there is no permit left.
         *
         * @param usable as much of the depth as may be emptied
         */
        long taken(long full, long now, long usable) {
            // No bucket takes longer than its period to fill: what says so is from before the clock was set back.
            long base = full > now + depth + CLOCK_NANOS ? now : Math.max(full, now);
            return base + interval - now > usable ? -1 : base + interval;
        }
    }

    /** Takes a permit: empty-handed it answers how long until there is one, at least a second; else zero. */
    Duration take(String clientAddress, long nowMillis) {
        long now = nowMillis * NANOS_PER_MILLI;
        int slot = slot(clientAddress);
        long wait = perClient.unlimited ? 0 : take(perClient, now, networks.get(slot), slot);
        if (wait == 0 && !total.unlimited) {
            wait = takeOfAll(now, isKnown(slot, nowMillis) ? total.withoutFifth() : total.depth);
            if (wait == 0) {
                seen.set(slot, seconds(nowMillis));
            }
            if (wait > 0 && !perClient.unlimited) {
                networks.updateAndGet(slot, returned(perClient));
            }
        }
        return wait == 0 ? Duration.ZERO : Duration.ofSeconds(1 + wait / 1_000_000_000L);
    }

    private boolean isKnown(int slot, long nowMillis) {
        return Integer.compareUnsigned(seconds(nowMillis) - seen.get(slot), KNOWN_SECONDS) < 0;
    }

    private static int seconds(long millis) {
        return (int) (millis / 1000);
    }

    /** Gives a permit back: the node had no invoice for it, or the invoice was paid. */
    void giveBack(String clientAddress) {
        networks.updateAndGet(slot(clientAddress), returned(perClient));
        all.updateAndGet(returned(total));
    }

    private static LongUnaryOperator returned(Bucket bucket) {
        return full -> bucket.unlimited ? full : full - bucket.interval;
    }

    private long take(Bucket bucket, long now, long seen, int slot) {
        for (long full = seen; ; full = networks.get(slot)) {
            long next = bucket.taken(full, now, bucket.depth);
            if (next < 0) {
                return full + bucket.interval - bucket.depth - now;
            }
            if (networks.compareAndSet(slot, full, next)) {
                return 0;
            }
        }
    }

    private long takeOfAll(long now, long usable) {
        for (long full = all.get(); ; full = all.get()) {
            long next = total.taken(full, now, usable);
            if (next < 0) {
                return full + total.interval - usable - now;
            }
            if (all.compareAndSet(full, next)) {
                return 0;
            }
        }
    }

    private int slot(String clientAddress) {
        // The finaliser of MurmurHash3 over a secret start: nobody can choose networks that share a slot with
        // another's.
        long hash = ClientNetwork.of(clientAddress) ^ seed;
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return (int) ((hash ^ hash >>> 33) & SLOTS - 1);
    }
}
