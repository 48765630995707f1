package org.lsat.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class SeriesTest {

    private static final LocalDate FRIDAY = LocalDate.of(2026, 10, 23);
    private static final LocalDate MONDAY = FRIDAY.plusDays(3);

    private final Series series = new Series(
            "USD", "US dollar", new int[] {(int) FRIDAY.toEpochDay(), (int) MONDAY.toEpochDay()}, new double[] {1.1, 1.2
            });

    @Test
    void aPeriodIncludesBothItsDays() {
        assertThat(series.between(FRIDAY, MONDAY)).containsExactly(new Quote(FRIDAY, 1.1), new Quote(MONDAY, 1.2));
        assertThat(series.between(FRIDAY, FRIDAY)).containsExactly(new Quote(FRIDAY, 1.1));
    }

    @Test
    void aPeriodMayBeginAndEndOnDaysWithoutARate() {
        assertThat(series.between(FRIDAY.plusDays(1), MONDAY.plusYears(900))).containsExactly(new Quote(MONDAY, 1.2));
        assertThat(series.between(FRIDAY.plusDays(1), FRIDAY.plusDays(2))).isEmpty();
        assertThat(series.between(MONDAY.plusDays(1), MONDAY.plusDays(2))).isEmpty();
        assertThat(series.between(LocalDate.of(0, 1, 1), FRIDAY.minusDays(1))).isEmpty();
    }

    @Test
    void thereAreNoDaysBetweenTheLaterAndTheEarlier() {
        assertThat(series.between(MONDAY, FRIDAY)).isEmpty();
    }

    @Test
    void theNewestRatesAreAllWhereFewerAreThere() {
        assertThat(series.newestRates(1)).containsExactly(1.2);
        assertThat(series.newestRates(3)).containsExactly(1.1, 1.2);
    }

    @Test
    void aSeriesOfNothingIsRefused() {
        assertThatThrownBy(() -> new Series("USD", "US dollar", new int[0], new double[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
