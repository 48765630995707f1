package org.lsat.example;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All quotes of one currency, oldest first; immutable. Days on which the currency was not quoted are left out. Two arrays
 * instead of a list of quotes, since there are 200 000 of them.
 */
final class Series {

    private final String code;
    private final String name;
    private final int[] days;
    private final double[] rates;

    /**
     * Copies both arrays.
     *
     * @param days days since 1970-01-01, rising; at least one
     * @param rates the rate of each day
     */
    Series(String code, String name, int[] days, double[] rates) {
        if (days.length == 0 || days.length != rates.length) {
            throw new IllegalArgumentException(code + ": " + days.length + " days, " + rates.length + " rates");
        }
        this.code = code;
        this.name = name;
        this.days = days.clone();
        this.rates = rates.clone();
    }

    String code() {
        return code;
    }

    String name() {
        return name;
    }

    Quote first() {
        return quote(0);
    }

    Quote newest() {
        return quote(days.length - 1);
    }

    /** The quotes of these days, both included; none if {@code from} is after {@code to}. */
    List<Quote> between(LocalDate from, LocalDate to) {
        return IntStream.range(position(from), position(to.plusDays(1)))
                .mapToObj(this::quote)
                .toList();
    }

    /** The newest rates, oldest of them first: {@code count} of them, or all where there are fewer. */
    double[] newestRates(int count) {
        return Arrays.copyOfRange(rates, Math.max(0, rates.length - count), rates.length);
    }

    /** The index of the first quote that is not before this day. */
    private int position(LocalDate day) {
        int found = Arrays.binarySearch(days, Math.toIntExact(day.toEpochDay()));
        return found >= 0 ? found : -found - 1;
    }

    private Quote quote(int index) {
        return new Quote(LocalDate.ofEpochDay(days[index]), rates[index]);
    }
}
