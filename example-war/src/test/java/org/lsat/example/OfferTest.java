package org.lsat.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lsat.jaxrs.Paid;

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

    @Test
    void anAnnotatedOfferSaysWhatItsAnnotationSays() {
        assertThat(Offer.of(config(Map.of()), Annotated.class, "GET /x"))
                .isEqualTo(new Offer("GET /x", "A report", "7 sat", "3 requests within 2 days"));
        assertThat(Offer.of(config(Map.of()), AnnotatedPass.class, "GET /x"))
                .isEqualTo(new Offer("GET /x", "", "7 sat", "any number of requests for a day"));
    }

    @Test
    void theConfigurationOverridesTheAnnotation() {
        Config overrides = config(Map.of(
                "lsat.rules.report.price", "8 sat",
                "lsat.rules.report.uses", "5",
                "lsat.rules.report.valid-for", "P1D",
                "lsat.rules.report.description", "Another report"));
        assertThat(Offer.of(overrides, Annotated.class, "GET /x"))
                .isEqualTo(new Offer("GET /x", "Another report", "8 sat", "5 requests within a day"));
    }

    @Paid(value = "report", price = "7 sat", uses = 3, validFor = "P2D", description = "A report")
    private static final class Annotated {}

    @Paid(value = "pass", price = "7 sat", validFor = "P1D")
    private static final class AnnotatedPass {}

    private static Config config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
    }

    private static String buys(@Nullable String uses, @Nullable String validFor) {
        return Offer.buys(Optional.ofNullable(uses), Optional.ofNullable(validFor));
    }
}
