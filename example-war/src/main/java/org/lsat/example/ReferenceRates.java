package org.lsat.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The euro's reference rates, one {@link Series} a currency, in the order of their codes; immutable. */
final class ReferenceRates {

    private final SortedMap<String, Series> byCode;

    /** Of at least one series. */
    ReferenceRates(Collection<Series> series) {
        SortedMap<String, Series> sorted = new TreeMap<>();
        series.forEach(each -> sorted.put(each.code(), each));
        this.byCode = Collections.unmodifiableSortedMap(sorted);
    }

    /** The rates that this application sells; read from its file once. */
    static ReferenceRates published() {
        return Published.RATES;
    }

    Collection<Series> all() {
        return byCode.values();
    }

    /** The series of an ISO 4217 code, in letters of any case. */
    Optional<Series> find(String code) {
        return Optional.ofNullable(byCode.get(code.toUpperCase(Locale.ROOT)));
    }

    /** The currencies whose code or English name contains this text, in letters of any case. */
    List<Series> search(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return all().stream()
                .filter(each -> (each.code() + "\n" + each.name())
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted))
                .toList();
    }

    /** The newest day of any currency: what the file is up to. */
    LocalDate newestDay() {
        return all().stream()
                .map(each -> each.newest().date())
                .max(LocalDate::compareTo)
                .orElseThrow();
    }

    /** Where the figures are from, as every answer that is paid for says it: the European Central Bank asks for that. */
    String source() {
        return "European Central Bank, euro foreign exchange reference rates, " + newestDay();
    }

    /** The JVM runs this once, at the first use, and makes other threads wait for it. */
    private static final class Published {

        static final ReferenceRates RATES = read();

        private static ReferenceRates read() {
            try {
                return EcbFile.packaged();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
