package org.lsat.rules;

import java.util.Optional;

/** What a rule costs, in millisatoshi; 0 is free. */
public record Price(long amountMsat) {

    /** Costs nothing. */
    public static final Price FREE = new Price(0);

    /** All bitcoin there will ever be. */
    private static final long MOST_MSAT = 21_000_000L * 100_000_000L * 1_000L;

    private static final long MSAT_PER_SAT = 1_000;

    /** Not negative, and no more than there is. */
    public Price {
        if (amountMsat < 0 || amountMsat > MOST_MSAT) {
            throw new IllegalArgumentException("not an amount of bitcoin: " + amountMsat + " msat");
        }
    }

    /** What {@link #parse} takes, for messages. */
    public static final String ALLOWED =
            "<digits> sat, <digits> msat, free, or code where a PriceSource prices each request; for example: 10 sat";

    /** Reads {@code 10 sat}, {@code 1500 msat} or {@code free}; empty for anything else, {@code 0 sat} included. */
    public static Optional<Price> parse(String text) {
        if (text.equals("free")) {
            return Optional.of(FREE);
        }
        int space = text.indexOf(' ');
        String unit = text.substring(space + 1);
        long perUnit = unit.equals("sat") ? MSAT_PER_SAT : unit.equals("msat") ? 1 : 0;
        boolean digits = space >= 1 && space <= 18 && text.chars().limit(space).allMatch(c -> c >= '0' && c <= '9');
        if (!digits || perUnit == 0) {
            return Optional.empty();
        }
        long number = Long.parseLong(text.substring(0, space));
        return number == 0 || number > MOST_MSAT / perUnit
                ? Optional.empty()
                : Optional.of(new Price(number * perUnit));
    }

    /** Whether it costs nothing. */
    public boolean isFree() {
        return amountMsat == 0;
    }

    /** Whole satoshi, rounded up. */
    public long sats() {
        return (amountMsat + MSAT_PER_SAT - 1) / MSAT_PER_SAT;
    }

    @Override
    public String toString() {
        if (isFree()) {
            return "free";
        }
        return amountMsat % MSAT_PER_SAT == 0 ? amountMsat / MSAT_PER_SAT + " sat" : amountMsat + " msat";
    }
}
