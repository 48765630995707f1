package org.lsat.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.json.JsonObject;
import jakarta.ws.rs.WebApplicationException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {

    private static final LocalDate FIRST = LocalDate.of(1999, 1, 4);
    private static final Series SERIES =
            new Series("USD", "US dollar", new int[] {(int) FIRST.toEpochDay()}, new double[] {1.1789});

    @Test
    void withoutParametersItIsTheWholeSeries() {
        assertThat(Period.of(null, null, SERIES)).isEqualTo(new Period(FIRST, FIRST));
    }

    @Test
    void oneDayIsAPeriod() {
        LocalDate day = LocalDate.of(2026, 1, 31);

        assertThat(Period.of("2026-01-31", "2026-01-31", SERIES)).isEqualTo(new Period(day, day));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "31.01.2026", "2026-1-31", "2026-02-30", "2026-01-31T00:00", "+999999999-01-01"})
    void whatIsNoDayIsRefusedByNameValueAndForm(String text) {
        assertThat(refused(text, null)).startsWith("from is \"" + text + "\"").contains("YYYY-MM-DD");
        assertThat(refused(null, text)).startsWith("to is \"" + text + "\"").contains("YYYY-MM-DD");
    }

    @Test
    void anEndBeforeTheBeginningIsRefused() {
        assertThat(refused("2026-01-02", "2026-01-01")).isEqualTo("from is 2026-01-02, which is after to, 2026-01-01.");
    }

    private static String refused(@Nullable String from, @Nullable String to) {
        WebApplicationException refusal =
                catchThrowableOfType(WebApplicationException.class, () -> Period.of(from, to, SERIES));
        assertThat(refusal.getResponse().getStatus()).isEqualTo(400);
        return ((JsonObject) refusal.getResponse().getEntity()).getString("detail");
    }
}
