package org.lsat.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told otherwise, so that a test about time needs none. Thread-safe. */
public final class SettableClock implements InstantSource {

    private volatile Instant now;

    /** Stands at {@code start}. */
    public SettableClock(Instant start) {
        this.now = start;
    }

    /** Stands at {@code start}, ISO 8601, for example {@code 2026-01-01T00:00:00Z}. */
    public static SettableClock at(String start) {
        return new SettableClock(Instant.parse(start));
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Goes on by {@code time}, or back where it is negative. */
    public synchronized void advance(Duration time) {
        now = now.plus(time);
    }

    /** Stands at {@code instant} from now on. */
    public synchronized void set(Instant instant) {
        now = instant;
    }

    @Override
    public String toString() {
        return "SettableClock[" + instant() + "]";
    }
}
