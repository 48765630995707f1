package org.lsat.servlet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the filter would sell and the second gate refuse when it is paid for: the filter sells it no more. Of a resource to
 * which a locator leads, that shows only when somebody has paid. Thread-safe.
 */
final class Contradictions {

    /** Each is a path that a client wrote, and costs a client a payment. */
    private static final int MOST = 1000;

    /** Not for ever: what a locator leads to may depend on more than the path. */
    private static final long KEPT_MILLIS = Duration.ofMinutes(10).toMillis();

    private record Found(String why, long untilMillis) {}

    private final InstantSource clock;
    private final Map<String, Found> byRequest = new ConcurrentHashMap<>();
    private volatile @Nullable String ofAll;

    Contradictions(InstantSource clock) {
        this.clock = clock;
    }

    /** Nothing is sold any more: what is wrong was found when the framework started, and the server serves nevertheless. */
    void foundAtStart(String why) {
        ofAll = why;
    }

    /** A request with this method, for this path, was paid for and refused. */
    void found(String method, String path, String why) {
        long now = clock.millis();
        if (byRequest.size() >= MOST) {
            byRequest.values().removeIf(found -> isOver(found, now));
        }
        if (byRequest.size() < MOST) {
            byRequest.put(method + ' ' + path, new Found(why, now + KEPT_MILLIS));
        }
    }

    /** Why such a request is not sold; empty if it is. */
    Optional<String> of(String method, String path) {
        if (ofAll != null || byRequest.isEmpty()) {
            return Optional.ofNullable(ofAll);
        }
        long now = clock.millis();
        return Optional.ofNullable(byRequest.get(method + ' ' + path))
                .filter(found -> !isOver(found, now))
                .map(Found::why);
    }

    private static boolean isOver(Found found, long nowMillis) {
        return nowMillis >= found.untilMillis || found.untilMillis > nowMillis + KEPT_MILLIS;
    }
}
