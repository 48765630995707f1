package org.lsat.rules;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;

/**
 * A token bucket: it holds so many permits, and an empty one is full again after the period.
 *
 * @param permits at least 1
 */
public record Rate(long permits, Duration period) {

    /** No limit at all. */
    public static final Rate UNLIMITED = new Rate(Long.MAX_VALUE, Duration.ofSeconds(1));

    /** What {@link #parse} takes, for messages. */
    public static final String ALLOWED = "<permits>/<duration to refill them>, for example 20/PT10S, or unlimited";

    private static final long MOST = 1_000_000_000;

    /** Reads {@code 20/PT10S} or {@code unlimited}; empty for anything else. */
    public static Optional<Rate> parse(String text) {
        if (text.equals("unlimited")) {
            return Optional.of(UNLIMITED);
        }
        int slash = text.indexOf('/');
        boolean digits = slash >= 1 && slash <= 10 && text.chars().limit(slash).allMatch(c -> c >= '0' && c <= '9');
        long permits = digits ? Long.parseLong(text.substring(0, slash)) : 0;
        if (permits < 1 || permits > MOST) {
            return Optional.empty();
        }
        try {
            Duration period = Duration.parse(text.substring(slash + 1));
            return period.compareTo(Duration.ofMillis(1)) >= 0 && period.compareTo(Duration.ofDays(366)) < 0
                    ? Optional.of(new Rate(permits, period))
                    : Optional.empty();
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** Whether it limits nothing. */
    public boolean isUnlimited() {
        return equals(UNLIMITED);
    }
}
