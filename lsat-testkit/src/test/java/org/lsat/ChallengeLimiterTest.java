package org.lsat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lsat.rules.Rate;

@DisplayName("The limiter of challenges")
final class ChallengeLimiterTest {

    private static final long SEED = 402;
    private static final String CLIENT = "192.0.2.1";
    private static final String OTHER = "198.51.100.1";

    private long now = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private static ChallengeLimiter limiter(String perClient, String total) {
        return new ChallengeLimiter(
                Rate.parse(perClient).orElseThrow(), Rate.parse(total).orElseThrow(), SEED);
    }

    private int taken(ChallengeLimiter limiter, String client, int wanted) {
        int taken = 0;
        for (int i = 0; i < wanted; i++) {
            taken += limiter.take(client, now).isZero() ? 1 : 0;
        }
        return taken;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1/PT10S", "3/PT10S", "7/PT10S", "20/PT10S", "700001/PT10S", "600000/PT0.001S"})
    @DisplayName("gives exactly as many permits as the bucket holds, and as many again when it was refilled")
    void givesAsManyAsTheBucketHolds(String rate) {
        ChallengeLimiter limiter = limiter(rate, "unlimited");
        Rate parsed = Rate.parse(rate).orElseThrow();
        int permits = Math.toIntExact(parsed.permits());
        assertThat(taken(limiter, CLIENT, permits + 10)).isEqualTo(permits);
        now += parsed.period().toMillis();
        assertThat(taken(limiter, CLIENT, permits + 10)).isEqualTo(permits);
    }

    @Test
    @DisplayName("refills little by little, and says how long to wait, a second at least")
    void refillsLittleByLittle() {
        ChallengeLimiter limiter = limiter("2/PT10S", "unlimited");
        taken(limiter, CLIENT, 2);
        Duration wait = limiter.take(CLIENT, now);
        assertThat(wait).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
        now += 4999;
        assertThat(limiter.take(CLIENT, now)).isEqualTo(Duration.ofSeconds(1));
        now += 1;
        assertThat(taken(limiter, CLIENT, 5)).isEqualTo(1);
    }

    @Test
    @DisplayName("counts a network as one client, and others apart")
    void countsANetworkAsOne() {
        ChallengeLimiter limiter = limiter("2/PT10S", "unlimited");
        assertThat(taken(limiter, "192.0.2.1", 1) + taken(limiter, "192.0.2.200", 5))
                .isEqualTo(2);
        assertThat(taken(limiter, OTHER, 5)).isEqualTo(2);
    }

    @Test
    @DisplayName("caps all together, and takes no permit of a client whom that cap refuses")
    void capsAllTogether() {
        ChallengeLimiter limiter = limiter("4/PT10S", "5/PT1H");
        assertThat(taken(limiter, CLIENT, 10)).isEqualTo(4);
        assertThat(taken(limiter, OTHER, 10)).isEqualTo(1);
        now += Duration.ofHours(1).toMillis();
        assertThat(taken(limiter, OTHER, 10)).isEqualTo(4);
    }

    @Test
    @DisplayName("keeps a fifth of all for networks that had none for ten minutes, and gives each newcomer one of it")
    void keepsAFifthForNewcomers() {
        ChallengeLimiter limiter = limiter("unlimited", "1000/PT10S");
        assertThat(taken(limiter, CLIENT, 2000)).isEqualTo(800);
        assertThat(limiter.take(CLIENT, now)).isPositive();
        for (int i = 0; i < 200; i++) {
            assertThat(taken(limiter, "203.0." + i + ".1", 2))
                    .as("newcomer " + i)
                    .isEqualTo(1);
        }
        assertThat(taken(limiter, "203.0.200.1", 1)).isZero();
        // In a second a hundred come back, all into the fifth.
        now += 1000;
        assertThat(taken(limiter, CLIENT, 500)).isZero();
        assertThat(taken(limiter, "203.0.200.1", 500)).isEqualTo(1);
        now += 1000;
        assertThat(taken(limiter, CLIENT, 500)).isZero();
        now += 1000;
        assertThat(taken(limiter, CLIENT, 500)).isEqualTo(99);
    }

    @Test
    @DisplayName("keeps a network that asks all the time out of the fifth, and lets it in again after ten minutes")
    void forgetsANetworkAfterTenMinutes() {
        ChallengeLimiter limiter = limiter("unlimited", "10/P10D");
        assertThat(taken(limiter, CLIENT, 20)).isEqualTo(8);
        now += Duration.ofMinutes(10).toMillis() - 1000;
        assertThat(taken(limiter, CLIENT, 20)).isZero();
        now += 1000;
        assertThat(taken(limiter, CLIENT, 20)).isEqualTo(1);
        assertThat(taken(limiter, OTHER, 20)).isEqualTo(1);
        assertThat(taken(limiter, "203.0.113.1", 20)).isZero();
    }

    @Test
    @DisplayName("tells a client that only newcomers get one now how long that lasts")
    void tellsHowLongOnlyNewcomersGetOne() {
        ChallengeLimiter limiter = limiter("unlimited", "10/PT100S");
        taken(limiter, CLIENT, 8);
        assertThat(limiter.take(CLIENT, now)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
        now += 10_000;
        assertThat(taken(limiter, CLIENT, 20)).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "gives 300 newcomers theirs during five minutes in which known networks ask for four times what there is")
    void newcomersComeThroughAFlood() {
        ChallengeLimiter limiter = limiter("unlimited", "1000/PT10S");
        int served = 0;
        for (int second = 0; second < 300; second++) {
            for (int known = 0; known < 20; known++) {
                taken(limiter, "198.51." + known + ".1", 20);
            }
            served += taken(limiter, "203." + second / 250 + "." + second % 250 + ".1", 1);
            now += 1000;
        }
        // Of so many networks a few share a slot with another, and are known by it.
        assertThat(served).isGreaterThanOrEqualTo(297);
    }

    @Test
    @DisplayName("limits nothing where it is unlimited")
    void limitsNothing() {
        assertThat(taken(limiter("unlimited", "unlimited"), CLIENT, 10_000)).isEqualTo(10_000);
    }

    @Test
    @DisplayName("takes permits back, and never holds more than the bucket does")
    void takesPermitsBack() {
        ChallengeLimiter limiter = limiter("2/PT1H", "3/PT1H");
        taken(limiter, CLIENT, 2);
        limiter.giveBack(CLIENT);
        assertThat(taken(limiter, CLIENT, 5)).isEqualTo(1);
        for (int i = 0; i < 10; i++) {
            limiter.giveBack(CLIENT);
        }
        assertThat(taken(limiter, CLIENT, 10)).isEqualTo(2);
    }

    @Test
    @DisplayName("begins anew when the clock was set back, and shuts nobody out until it has caught up")
    void beginsAnewWhenTheClockWasSetBack() {
        ChallengeLimiter limiter = limiter("2/PT10S", "3/PT10S");
        taken(limiter, CLIENT, 2);
        now -= 3_600_000;
        assertThat(taken(limiter, CLIENT, 5)).isEqualTo(2);
        now += 10_000;
        assertThat(taken(limiter, CLIENT, 5)).isEqualTo(2);
    }

    @Test
    @DisplayName("gives nothing more to who comes with an earlier time than the one before, as requests at once do")
    void requestsAtOnceComeInAnyOrder() {
        ChallengeLimiter limiter = limiter("2/PT10S", "unlimited");
        assertThat(taken(limiter, CLIENT, 5)).isEqualTo(2);
        now -= 1;
        assertThat(taken(limiter, CLIENT, 5)).isZero();
        now -= 59_000;
        assertThat(taken(limiter, CLIENT, 5)).isZero();
    }
}
