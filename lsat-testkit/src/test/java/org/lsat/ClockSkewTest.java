package org.lsat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Two nodes whose clocks differ by a minute")
final class ClockSkewTest {

    private static final Map<String, String> NONE = Map.of();

    /** What the invoice and the pass are good for together. */
    private static final Duration GOOD_FOR = Duration.ofMinutes(10).plus(Duration.ofDays(30));

    private static Scene node(long secondsFast) {
        Scene node = new Scene(NONE);
        node.clock.advance(Duration.ofMinutes(5).plusSeconds(secondsFast));
        return node;
    }

    @ParameterizedTest
    @CsvSource({"-30, 30", "30, -30", "0, 30", "-30, 0"})
    @DisplayName("open a token that has a minute left, and not one that ended a minute ago, whichever sold it")
    void aMinuteIsWhatTheyMayDiffer(long sellerFast, long serverFast) {
        Scene seller = node(sellerFast);
        Scene server = node(serverFast);
        String token = seller.buy("/pass/x").header();
        server.open("/pass/x", token);
        server.clock.advance(GOOD_FOR.minusSeconds(61));
        server.open("/pass/x", token);
        server.clock.advance(Duration.ofSeconds(121));
        assertThat(server.refusal("/pass/x", token)).isEqualTo(Reason.EXPIRED);
    }
}
