package org.lsat.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class EcbFileTest {

    private static final String TWO_DAYS = """
            Date,USD,SIT,
            2026-01-02,1.1172,N/A,
            2026-01-01,136,239.64,
            """;

    @Test
    void theDaysOfASeriesAreInTheOrderOfTheCalendar() throws IOException {
        Series dollar = read(TWO_DAYS).find("USD").orElseThrow();

        assertThat(dollar.between(LocalDate.MIN.withYear(1999), LocalDate.of(2026, 12, 31)))
                .containsExactly(new Quote(LocalDate.of(2026, 1, 1), 136), new Quote(LocalDate.of(2026, 1, 2), 1.1172));
    }

    @Test
    void daysWithoutAFigureAreLeftOut() throws IOException {
        Series tolar = read(TWO_DAYS).find("SIT").orElseThrow();

        assertThat(tolar.newest()).isEqualTo(new Quote(LocalDate.of(2026, 1, 1), 239.64));
        assertThat(tolar.first()).isEqualTo(tolar.newest());
    }

    @Test
    void theFileInTheApplicationHasAllCurrenciesEachWithAName() throws IOException {
        ReferenceRates rates = EcbFile.packaged();

        assertThat(rates.all()).hasSize(41);
        assertThat(rates.all()).allSatisfy(each -> assertThat(each.name()).isNotEqualTo(each.code()));
        assertThat(rates.find("USD").orElseThrow().first()).isEqualTo(new Quote(LocalDate.of(1999, 1, 4), 1.1789));
        assertThat(rates.source())
                .isEqualTo("European Central Bank, euro foreign exchange reference rates, 2026-10-30");
    }

    /** Reuse is free if the figures are not changed; a double might change one. */
    @Test
    void everyFigureIsPassedOnAsItWasPublished() throws IOException {
        ReferenceRates rates = EcbFile.packaged();
        List<String> published = new ArrayList<>();
        List<String> passedOn = new ArrayList<>();
        try (ZipInputStream zip =
                new ZipInputStream(Objects.requireNonNull(EcbFile.class.getResourceAsStream("eurofxref-hist.zip")))) {
            zip.getNextEntry();
            List<String[]> lines = new BufferedReader(new InputStreamReader(zip, StandardCharsets.US_ASCII))
                    .lines()
                    .map(line -> line.split(",", -1))
                    .toList();
            for (int column = 1; column < lines.get(0).length - 1; column++) {
                String code = lines.get(0)[column];
                for (int line = lines.size() - 1; line > 0; line--) {
                    if (!lines.get(line)[column].equals("N/A")) {
                        published.add(code + lines.get(line)[0] + ' ' + lines.get(line)[column]);
                    }
                }
                Series series = rates.find(code).orElseThrow();
                series.between(series.first().date(), series.newest().date()).stream()
                        .map(quote -> code + quote.date() + ' ' + Figures.published(quote.rate()))
                        .forEach(passedOn::add);
            }
        }

        assertThat(passedOn).hasSizeGreaterThan(200_000).isEqualTo(published);
    }

    private static ReferenceRates read(String csv) throws IOException {
        return EcbFile.read(new BufferedReader(new StringReader(csv)), new Properties());
    }
}
