package org.lsat.rules;

import java.time.Duration;
import java.util.Optional;

/**
 * What one payment buys.
 *
 * @param uses so many successful requests; 0 for any number, or for a balance
 * @param depositMsat what each request draws its price from; 0 where it is no balance
 * @param validFor how long after the end of the invoice
 */
public record Plan(long uses, long depositMsat, Duration validFor) {

    private static final Duration ONE_USE_FOR = Duration.ofHours(1);
    private static final Duration BUNDLE_FOR = Duration.ofDays(365);

    /** By uses or by time. */
    public Plan(long uses, Duration validFor) {
        this(uses, 0, validFor);
    }

    /**
     * A plan from what a rule says: nothing is one request within an hour, uses alone are good for a year, time alone is a
     * pass.
     */
    public static Plan of(Optional<Long> uses, Optional<Duration> validFor) {
        if (uses.isPresent()) {
            return new Plan(uses.get(), validFor.orElse(BUNDLE_FOR));
        }
        return validFor.map(time -> new Plan(0, time)).orElse(new Plan(1, ONE_USE_FOR));
    }

    /** A balance; good for a year, if nothing else is said. */
    public static Plan balance(Price deposit, Optional<Duration> validFor) {
        return new Plan(0, deposit.amountMsat(), validFor.orElse(BUNDLE_FOR));
    }

    /** Whether requests are counted; a pass is not, and touches no ledger. */
    public boolean isCounted() {
        return uses > 0 || isBalance();
    }

    /** Whether each request draws its own price from a deposit. */
    public boolean isBalance() {
        return depositMsat > 0;
    }

    /** In words, for a person: {@code 100 requests within 30 days}. */
    public String inWords() {
        String time = inWords(validFor);
        if (isBalance()) {
            return "a balance of " + new Price(depositMsat) + " to draw from within " + time;
        }
        if (!isCounted()) {
            return "any number of requests within " + time;
        }
        return (uses == 1 ? "one request" : uses + " requests") + " within " + time;
    }

    private static String inWords(Duration time) {
        long seconds = time.toSeconds();
        if (seconds % 86_400 == 0) {
            return plural(seconds / 86_400, "day");
        }
        if (seconds % 3_600 == 0) {
            return plural(seconds / 3_600, "hour");
        }
        return seconds % 60 == 0 ? plural(seconds / 60, "minute") : plural(seconds, "second");
    }

    private static String plural(long number, String unit) {
        return number == 1 ? "1 " + unit : number + " " + unit + "s";
    }
}
