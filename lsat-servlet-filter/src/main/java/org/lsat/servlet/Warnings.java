package org.lsat.servlet;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.lsat.Reason;

/** Warnings of the paywall, at most one a minute about each reason: a log must not fill because a node is down. */
final class Warnings {

    private static final System.Logger LOG = System.getLogger("org.lsat");
    private static final long EVERY_MILLIS = 60_000;

    private final InstantSource clock;
    private final Map<Reason, AtomicLong> next = new EnumMap<>(Reason.class);

    Warnings(InstantSource clock) {
        this.clock = clock;
        for (Reason reason : Reason.values()) {
            next.put(reason, new AtomicLong(Long.MIN_VALUE));
        }
    }

    void warn(Reason about, String message) {
        if (isTime(about)) {
            LOG.log(System.Logger.Level.WARNING, "lsat: " + printable(message));
        }
    }

    void warn(Reason about, String message, Throwable cause) {
        if (isTime(about)) {
            LOG.log(System.Logger.Level.WARNING, "lsat: " + printable(message), cause);
        }
    }

    private boolean isTime(Reason about) {
        long now = clock.millis();
        AtomicLong due = next.getOrDefault(about, new AtomicLong());
        long seen = due.get();
        // One that is due later than in a minute is from before the clock was set back.
        return (now >= seen || seen > now + EVERY_MILLIS) && due.compareAndSet(seen, now + EVERY_MILLIS);
    }

    /** No control character of a path, a node or an exception reaches the log. */
    private static String printable(String message) {
        StringBuilder text = new StringBuilder(message.length());
        message.chars().forEach(c -> text.append(Character.isISOControl(c) ? '?' : (char) c));
        return text.toString();
    }
}
