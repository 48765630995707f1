package org.lsat.example;

import java.util.Arrays;

/** The figures that the dearest answer is made of. */
final class Statistics {

    /** Working days in a year, by the custom of the markets. */
    static final int DAYS_A_YEAR = 252;

    private Statistics() {}

    /** The mean of at least one rate. */
    static double mean(double[] rates) {
        return Arrays.stream(rates)
                .average()
                .orElseThrow(() -> new IllegalArgumentException("a mean needs at least one rate"));
    }

    /**
     * How much a rate moves: the sample standard deviation of the logarithms of its daily changes, made a year's by the
     * square root of the days in it. 0.07 is 7 % a year.
     *
     * @param rates one a day, in the order of the days; at least three
     */
    static double volatility(double[] rates) {
        if (rates.length < 3) {
            throw new IllegalArgumentException("volatility needs at least three rates, not " + rates.length);
        }
        double[] changes = new double[rates.length - 1];
        for (int day = 1; day < rates.length; day++) {
            changes[day - 1] = Math.log(rates[day] / rates[day - 1]);
        }
        double mean = mean(changes);
        double squares = Arrays.stream(changes)
                .map(change -> (change - mean) * (change - mean))
                .sum();
        return Math.sqrt(squares / (changes.length - 1) * DAYS_A_YEAR);
    }
}
