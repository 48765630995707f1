package org.lsat.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.lsat.rules.Price;
import org.lsat.rules.Rule;

@DisplayName("What annotations say of rules")
final class AnnotatedRuleTest {

    private static final AnnotatedRule PRICED =
            new AnnotatedRule("Rates.today()", "rates", "10 sat", 3, "P1D", List.of("GET", "POST"), "Rates of today");

    private static AnnotatedRule reference(String name) {
        return new AnnotatedRule("Rates.reference()", name, "", 0, "", List.of(), "");
    }

    private static AnnotatedRule priced(String where, String price) {
        return new AnnotatedRule(where, "rates", price, 0, "", List.of(), "");
    }

    private static Settings read(List<AnnotatedRule> annotated, String... namesAndValues) {
        Map<String, String> properties = new HashMap<>(Map.of("lsat.backend", "dev"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        ConfigReader config = new ConfigReader(ConfigValues.of(properties));
        Settings settings = SettingsReader.read(config, annotated, Map.of("dev", true), Map.of(), new SecureRandom());
        config.finish();
        return settings;
    }

    private static List<Fault> faults(List<AnnotatedRule> annotated, String... namesAndValues) {
        ConfigException exception = catchThrowableOfType(ConfigException.class, () -> read(annotated, namesAndValues));
        assertThat(exception).as("a faulty configuration").isNotNull();
        return exception.faults();
    }

    private static Rule rule(Settings settings) {
        return settings.rule("rates").orElseThrow();
    }

    @Test
    @DisplayName("is a rule without a path")
    void isARule() {
        Rule rule = rule(read(List.of(PRICED)));
        assertThat(rule.path()).isEmpty();
        assertThat(rule.price()).contains(new Price(10_000));
        assertThat(rule.plan().uses()).isEqualTo(3);
        assertThat(rule.plan().validFor()).isEqualTo(Duration.ofDays(1));
        assertThat(rule.methods()).containsExactlyInAnyOrder("GET", "POST");
        assertThat(rule.description()).isEqualTo("Rates of today");
    }

    @Test
    @DisplayName("is overridden by properties, one by one")
    void isOverridden() {
        Rule rule = rule(read(
                List.of(PRICED),
                "lsat.rules.rates.price",
                "20 sat",
                "lsat.rules.rates.path",
                "/rates/*",
                "lsat.rules.rates.methods",
                "GET"));
        assertThat(rule.price()).contains(new Price(20_000));
        assertThat(rule.path()).isPresent();
        assertThat(rule.methods()).containsExactly("GET");
        assertThat(rule.plan().uses()).isEqualTo(3);
    }

    @Test
    @DisplayName("may say the same twice, and must not say two things")
    void conflicts() {
        assertThat(rule(read(List.of(priced("A.a()", "10 sat"), priced("B.b()", "10 sat"))))
                        .price())
                .contains(new Price(10_000));
        assertThat(faults(List.of(priced("A.a()", "10 sat"), priced("B.b()", "20 sat"))))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.property()).isEqualTo("lsat.rules.rates.price");
                    assertThat(fault.value()).isEqualTo("20 sat");
                    assertThat(fault.allowed()).contains("B.b() says this, and A.a() says 10 sat");
                });
    }

    @Test
    @DisplayName("may only name a rule that another annotation prices, or a property")
    void refersToARule() {
        assertThat(rule(read(List.of(reference("rates"), PRICED))).price()).contains(new Price(10_000));
        assertThat(rule(read(List.of(reference("rates")), "lsat.rules.rates.price", "7 sat"))
                        .price())
                .contains(new Price(7000));
    }

    @Test
    @DisplayName("must not name a rule that nobody prices")
    void refersToNothing() {
        assertThat(faults(List.of(reference("rates")))).singleElement().satisfies(fault -> {
            assertThat(fault.property()).isEqualTo("lsat.rules.rates.price");
            assertThat(fault.allowed()).startsWith("<digits> sat");
        });
    }

    @Test
    @DisplayName("with a faulty value is reported with its place, unless a property is at fault")
    void isReportedWithItsPlace() {
        assertThat(faults(List.of(priced("Rates.today()", "ten sat"))))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.value()).isEqualTo("ten sat");
                    assertThat(fault.allowed()).endsWith("(said by Rates.today())");
                });
        assertThat(faults(List.of(PRICED), "lsat.rules.rates.price", "ten sat"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.allowed()).doesNotContain("said by"));
    }

    @Test
    @DisplayName("must have a name that can be signed into a token")
    void mustHaveAName() {
        assertThat(faults(List.of(new AnnotatedRule("Rates.today()", "Rates!", "1 sat", 0, "", List.of(), ""))))
                .containsExactly(new Fault("Rates.today()", "Rates!", "rule names are 1 to 64 of a-z 0-9 -"));
    }

    @Test
    @DisplayName("of a rule that has a price and neither path nor annotation is missing")
    void neitherPathNorAnnotation() {
        assertThat(faults(List.of(PRICED), "lsat.rules.rate.price", "1 sat"))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.property()).isEqualTo("lsat.rules.rate.price");
                    assertThat(fault.allowed())
                            .contains("add lsat.rules.rate.path")
                            .contains("the rules there are: rates");
                });
    }

    @Test
    @DisplayName("may leave the price to code")
    void pricedByCode() {
        Rule rule = rule(read(List.of(priced("Rates.today()", "code"))));
        assertThat(rule.price()).isEmpty();
        assertThat(rule.isFree()).isFalse();
    }

    @Test
    @DisplayName("may make a rule free, which then sells nothing")
    void free() {
        assertThat(rule(read(List.of(priced("Rates.today()", "free")))).isFree())
                .isTrue();
        assertThat(faults(List.of(new AnnotatedRule("A.a()", "rates", "free", 2, "", List.of(), ""))))
                .singleElement()
                .satisfies(fault -> assertThat(fault.allowed()).contains("a free rule sells nothing"));
    }
}
