package org.lsat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.lsat.rules.Rate;

/**
 * A token bucket for each key, as many as there is room for: those that were not used for longest are forgotten, by half
 * the capacity at a time, and are full then. A bucket is one number, the time at which it will be full again (the generic
 * cell rate algorithm, ITU-T I.371). Thread-safe; a bucket that is there is used without a lock.
 */
final class Buckets<K> {

    /** In each of two generations; some 10 MB, if both are full. */
    private static final int CAPACITY = 50_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private volatile Map<K, AtomicLong> young = new ConcurrentHashMap<>();
    private volatile Map<K, AtomicLong> old = Map.of();

    /**
     * Takes a permit.
     *
     * @param rate of this key, always the same
     * @return how long until there is one; zero where one was taken
     */
    Duration take(K key, Rate rate, long nowMillis) {
        long now = nowMillis * NANOS_PER_MILLI;
        long interval = interval(rate);
        long depth = interval * rate.permits();
        AtomicLong bucket = bucket(key);
        while (true) {
            long full = bucket.get();
            // No bucket takes longer than its period to fill: what says so is from before the clock was set back.
            long next = (full > now + depth + ChallengeLimiter.CLOCK_NANOS ? now : Math.max(full, now)) + interval;
            if (next - now > depth) {
                return Duration.ofNanos(next - now - depth);
            }
            if (bucket.compareAndSet(full, next)) {
                return Duration.ZERO;
            }
        }
    }

    /** Gives a permit back. */
    void giveBack(K key, Rate rate) {
        bucket(key).addAndGet(-interval(rate));
    }

    /** How many more there are to take now. */
    long left(K key, Rate rate, long nowMillis) {
        long interval = interval(rate);
        long used = bucket(key).get() - nowMillis * NANOS_PER_MILLI;
        return used <= 0 ? rate.permits() : Math.max(0, rate.permits() - (used + interval - 1) / interval);
    }

    private static long interval(Rate rate) {
        return Math.max(1, rate.period().toNanos() / rate.permits());
    }

    private AtomicLong bucket(K key) {
        AtomicLong present = young.get(key);
        return present != null ? present : brought(key, old.get(key));
    }

    /** Into the young generation; the same object, so that nothing is lost that somebody takes meanwhile. */
    private synchronized AtomicLong brought(K key, @Nullable AtomicLong former) {
        if (young.size() >= CAPACITY) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
        AtomicLong before = former != null ? former : old.get(key);
        AtomicLong candidate = before != null ? before : new AtomicLong(Long.MIN_VALUE / 2);
        AtomicLong raced = young.putIfAbsent(key, candidate);
        return raced != null ? raced : candidate;
    }
}
