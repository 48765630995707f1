package org.lsat.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OfferTest {

    @Test
    void aPriceAloneBuysOneRequest() {
        assertThat(buys(null, null)).isEqualTo("one request");
        assertThat(buys("1", null)).isEqualTo("one request");
    }

    @Test
    void usesAndTimeAreSaidTogether() {
        assertThat(buys("100", null)).isEqualTo("100 requests");
        assertThat(buys("100", "P30D")).isEqualTo("100 requests within 30 days");
    }

    @Test
    void timeAloneIsAPass() {
        assertThat(buys(null, "P1D")).isEqualTo("any number of requests for a day");
        assertThat(buys(null, "PT36H")).isEqualTo("any number of requests for 36 hours");
        assertThat(buys(null, "PT90S")).isEqualTo("any number of requests for 90 seconds");
    }

    private static String buys(@Nullable String uses, @Nullable String validFor) {
        return Offer.buys(Optional.ofNullable(uses), Optional.ofNullable(validFor));
    }
}
