package org.lsat.servlet;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.lsat.Reason;

/**
 * Warnings of the paywall: the same words at most once a minute, and at most {@value #MOST} a minute about each reason. A log
 * must not fill because a node is down, and must say so when it is locked a moment later.
 */
final class Warnings {

    private static final System.Logger LOG = System.getLogger("org.lsat");
    private static final long EVERY_MILLIS = 60_000;
    private static final int MOST = 10;

    private final InstantSource clock;

    /** When the same words may be said again. */
    private final Map<Reason, Map<String, Long>> next = new EnumMap<>(Reason.class);

    Warnings(InstantSource clock) {
        this.clock = clock;
        for (Reason reason : Reason.values()) {
            next.put(reason, new ConcurrentHashMap<>());
        }
    }

    void warn(Reason about, String message) {
        if (isTime(about, message)) {
            LOG.log(System.Logger.Level.WARNING, "lsat: " + printable(message));
        }
    }

    void warn(Reason about, String message, Throwable cause) {
        if (isTime(about, message)) {
            LOG.log(System.Logger.Level.WARNING, "lsat: " + printable(message), cause);
        }
    }

    private boolean isTime(Reason about, String message) {
        Map<String, Long> said = next.getOrDefault(about, Map.of());
        long now = clock.millis();
        Long due = said.get(message);
        if (due != null && !isOver(due, now)) {
            return false;
        }
        synchronized (said) {
            said.values().removeIf(time -> isOver(time, now));
            return said.size() < MOST && said.putIfAbsent(message, now + EVERY_MILLIS) == null;
        }
    }

    /** One that is due later than in a minute is from before the clock was set back. */
    private static boolean isOver(long due, long now) {
        return now >= due || due > now + EVERY_MILLIS;
    }

    /** No control character of a path, a node or an exception reaches the log. */
    private static String printable(String message) {
        StringBuilder text = new StringBuilder(message.length());
        message.chars().forEach(c -> text.append(Character.isISOControl(c) ? '?' : (char) c));
        return text.toString();
    }
}
