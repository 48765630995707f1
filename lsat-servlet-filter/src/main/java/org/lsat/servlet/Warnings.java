package org.lsat.servlet;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Warnings of the paywall, at most one a minute of each kind: a log must not fill because a node is down. */
final class Warnings {

    private static final System.Logger LOG = System.getLogger("org.lsat");
    private static final long EVERY_MILLIS = 60_000;

    /** What the minute is counted by. */
    enum Kind {
        ANSWER,
        SETTLEMENT,
        DISPATCH,
        INTERNAL
    }

    private final InstantSource clock;
    private final Map<Kind, AtomicLong> next = new EnumMap<>(Kind.class);

    Warnings(InstantSource clock) {
        this.clock = clock;
        for (Kind kind : Kind.values()) {
            next.put(kind, new AtomicLong(Long.MIN_VALUE));
        }
    }

    void warn(Kind kind, String message) {
        if (isTime(kind)) {
            LOG.log(System.Logger.Level.WARNING, "lsat: " + printable(message));
        }
    }

    void warn(Kind kind, String message, Throwable cause) {
        if (isTime(kind)) {
            LOG.log(System.Logger.Level.WARNING, "lsat: " + printable(message), cause);
        }
    }

    private boolean isTime(Kind kind) {
        long now = clock.millis();
        AtomicLong due = next.getOrDefault(kind, new AtomicLong());
        long seen = due.get();
        return now >= seen && due.compareAndSet(seen, now + EVERY_MILLIS);
    }

    /** No control character of a path, a node or an exception reaches the log. */
    private static String printable(String message) {
        StringBuilder text = new StringBuilder(message.length());
        message.chars().forEach(c -> text.append(Character.isISOControl(c) ? '?' : (char) c));
        return text.toString();
    }
}
