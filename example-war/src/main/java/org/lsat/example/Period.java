package org.lsat.example;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The days a client asks for, both included. */
record Period(LocalDate from, LocalDate to) {

    /**
     * Reads the parameters.
     *
     * @param from the first day; all from the beginning if null
     * @param to the last day; all to the end if null
     */
    static Period of(@Nullable String from, @Nullable String to, Series series) {
        LocalDate first = from == null ? series.first().date() : day("from", from);
        LocalDate last = to == null ? series.newest().date() : day("to", to);
        if (from != null && to != null && first.isAfter(last)) {
            throw Problem.badRequest("from is " + first + ", which is after to, " + last + ".");
        }
        return new Period(first, last);
    }

    private static LocalDate day(String parameter, String text) {
        // LocalDate would also take years of ten digits
        if (text.length() == "YYYY-MM-DD".length()) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException e) {
                // falls through: said below in our words
            }
        }
        throw Problem.badRequest(parameter + " is " + Problem.quoted(text) + "; it must be a day of the calendar as"
                + " YYYY-MM-DD, for example 2026-01-31.");
    }
}
