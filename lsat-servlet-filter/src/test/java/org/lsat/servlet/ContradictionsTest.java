package org.lsat.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is sold no more, and for how long. */
class ContradictionsTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Contradictions contradictions = new Contradictions(() -> now);

    @Test
    void whatWasRefusedAfterItsPaymentIsNotSoldForTenMinutes() {
        contradictions.found("GET", "/a", "two prices");
        assertThat(contradictions.of("GET", "/a")).contains("two prices");
        assertThat(contradictions.of("POST", "/a")).isEmpty();
        assertThat(contradictions.of("GET", "/b")).isEmpty();
        now = now.plusSeconds(600);
        assertThat(contradictions.of("GET", "/a")).isEmpty();
    }

    @Test
    void norForEverWhereTheClockWasSetBack() {
        contradictions.found("GET", "/a", "two prices");
        now = now.minusSeconds(1);
        assertThat(contradictions.of("GET", "/a")).isEmpty();
    }

    @Test
    void atMostAThousandAreKeptUntilTheirTimeIsOver() {
        for (int i = 0; i <= 1000; i++) {
            contradictions.found("GET", "/" + i, "two prices");
        }
        assertThat(contradictions.of("GET", "/999")).isPresent();
        assertThat(contradictions.of("GET", "/1000")).isEmpty();
        now = now.plusSeconds(600);
        contradictions.found("GET", "/1000", "two prices");
        assertThat(contradictions.of("GET", "/1000")).isPresent();
    }

    @Test
    void whatWasFoundAtTheStartKeepsAllFromBeingSold() {
        contradictions.found("GET", "/a", "two prices");
        contradictions.foundAtStart("at the start");
        assertThat(contradictions.of("GET", "/a")).contains("at the start");
        assertThat(contradictions.of("GET", "/b")).contains("at the start");
    }
}
