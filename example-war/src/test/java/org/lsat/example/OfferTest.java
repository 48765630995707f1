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

    @Test
    void freeRequestsAreSaid() {
        Config config = config(Map.of("lsat.rules.sample.price", "1 sat", "lsat.rules.sample.free", "20/PT1H"));
        assertThat(Offer.of(config, "sample", "GET /x"))
                .isEqualTo(new Offer("GET /x", "", "1 sat", "one request; 20 in an hour are free"));
    }

    @Test
    void aPlanSaysWhatItBuysAndForWhichRules() {
        Config config = config(Map.of(
                "lsat.plans.month.price", "3000 sat",
                "lsat.plans.month.valid-for", "P30D",
                "lsat.plans.month.rules", "rate, history",
                "lsat.plans.month.description", "A month",
                "lsat.plans.deposit.price", "1000 sat",
                "lsat.plans.deposit.deposit", "1100 sat",
                "lsat.plans.deposit.rules", "rate"));
        assertThat(Offer.ofPlan(config, "month"))
                .isEqualTo(new Offer(
                        "GET /lsat/plans/month",
                        "A month",
                        "3000 sat",
                        "any number of requests for 30 days, for rate, history"));
        assertThat(Offer.ofPlan(config, "deposit"))
                .isEqualTo(new Offer(
                        "GET /lsat/plans/deposit",
                        "",
                        "1000 sat",
                        "1100 sat, of which each request draws its price, for rate"));
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
