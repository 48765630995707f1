package org.lsat.invoice;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until it is moved. */
final class SettableClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-01-01T12:00:00.750Z");

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration by) {
        now = now.plus(by);
    }
}
