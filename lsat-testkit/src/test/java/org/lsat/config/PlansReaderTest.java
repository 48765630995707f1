package org.lsat.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lsat.rules.NamedPlan;
import org.lsat.rules.Plan;
import org.lsat.rules.Price;
import org.lsat.rules.Rate;
import org.lsat.rules.Rule;

@DisplayName("The configuration of plans, allowances and rates")
final class PlansReaderTest {

    private static final Map<String, String> SHOP = Map.of(
            "lsat.backend", "dev",
            "lsat.rules.rate.path", "/rate/*",
            "lsat.rules.rate.price", "1 sat",
            "lsat.rules.history.path", "/history/*",
            "lsat.rules.history.price", "2 sat",
            "lsat.rules.open.path", "/open",
            "lsat.rules.open.price", "free");

    private static Settings read(String... namesAndValues) {
        Map<String, String> properties = new HashMap<>(SHOP);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        ConfigReader config = new ConfigReader(ConfigValues.of(properties));
        Settings settings = SettingsReader.read(config, Map.of("dev", true, "lnd", false), new SecureRandom());
        config.finish();
        return settings;
    }

    private static List<Fault> faults(String... namesAndValues) {
        ConfigException exception = catchThrowableOfType(ConfigException.class, () -> read(namesAndValues));
        assertThat(exception).isNotNull();
        return exception.faults();
    }

    @Test
    @DisplayName("is read: price, what it buys, which rules it opens")
    void plansAreRead() {
        assertThat(read(
                                "lsat.plans.month.price", "5000 sat",
                                "lsat.plans.month.valid-for", "P30D",
                                "lsat.plans.month.rules", " rate , history ",
                                "lsat.plans.month.rate", "10/PT1S",
                                "lsat.plans.month.description", "A month",
                                "lsat.plans.hundred.price", "50 sat",
                                "lsat.plans.hundred.uses", "100",
                                "lsat.plans.hundred.rules", "rate",
                                "lsat.plans.wallet.price", "900 sat",
                                "lsat.plans.wallet.deposit", "1000 sat",
                                "lsat.plans.wallet.rules", "history")
                        .plans())
                .containsExactly(
                        new NamedPlan(
                                "hundred",
                                new Price(50_000),
                                new Plan(100, Duration.ofDays(365)),
                                List.of("rate"),
                                Optional.empty(),
                                ""),
                        new NamedPlan(
                                "month",
                                new Price(5_000_000),
                                new Plan(0, Duration.ofDays(30)),
                                List.of("rate", "history"),
                                Optional.of(new Rate(10, Duration.ofSeconds(1))),
                                "A month"),
                        new NamedPlan(
                                "wallet",
                                new Price(900_000),
                                new Plan(0, 1_000_000, Duration.ofDays(365)),
                                List.of("history"),
                                Optional.empty(),
                                ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lsat.plans.m.price=free          | lsat.plans.m.price     | <digits> sat
            lsat.plans.m.price=              | lsat.plans.m.price     | <digits> sat
            lsat.plans.m.price=code          | lsat.plans.m.price     | <digits> sat
            lsat.plans.m.rules=rate,rat      | lsat.plans.m.rules     | history, rate
            lsat.plans.m.rules=rate,open     | lsat.plans.m.rules     | rules that have a price
            lsat.plans.m.rules=rate,         | lsat.plans.m.rules     | history, rate
            lsat.plans.m.valid-for=          | lsat.plans.m.valid-for | uses=100, or deposit
            lsat.plans.m.valid-for=30        | lsat.plans.m.valid-for | P30D
            lsat.plans.m.deposit=99 sat      | lsat.plans.m.deposit   | at least the price of the plan, 100 sat
            lsat.plans.m.deposit=free        | lsat.plans.m.deposit   | <digits> sat
            lsat.plans.m.rate=fast           | lsat.plans.m.rate      | 20/PT1H
            lsat.plans.m.rate=unlimited      | lsat.plans.m.rate      | 20/PT1H
            lsat.plans.rate.rules=history    | lsat.plans.rate.rules  | share one space of names
            lsat.plans.A.rules=rate          | lsat.plans.A.rules     | plan names are 1 to 64
            lsat.plans.other.price=1 sat     | lsat.plans.other.price | add lsat.plans.other.rules
            lsat.plans.m.prize=1 sat         | lsat.plans.m.prize     | nearest known one is lsat.plans.m.price
            lsat.rules.rate.free=20          | lsat.rules.rate.free   | 20/PT1H
            lsat.rules.rate.rate=0/PT1S      | lsat.rules.rate.rate   | 20/PT1H
            lsat.rules.rate.free-for-roles=a,| lsat.rules.rate.free-for-roles | staff,admin
            lsat.rules.rate.free-for-roles=* | lsat.rules.rate.free-for-roles | staff,admin
            lsat.rules.open.free=1/PT1H      | lsat.rules.open.price  | a free rule sells nothing
            lsat.rules.open.rate=1/PT1H      | lsat.rules.open.price  | a free rule sells nothing
            lsat.rules.no.free=1/PT1H        | lsat.rules.no.free     | add lsat.rules.no.path
            lsat.enforce=no                  | lsat.enforce           | true, false
            """)
    @DisplayName("stops the deployment where it is wrong, and names property, value and what is allowed")
    void faultsAreReported(String property, String reported, String allowed) {
        String name = property.substring(0, property.indexOf('='));
        String value = property.substring(property.indexOf('=') + 1).strip();
        assertThat(faults(
                        "lsat.plans.m.price",
                        "100 sat",
                        "lsat.plans.m.valid-for",
                        "P1D",
                        "lsat.plans.m.rules",
                        "rate",
                        "lsat.plans.rate.price",
                        "3 sat",
                        "lsat.plans.rate.uses",
                        "3",
                        "lsat.plans.rate.rules",
                        name.startsWith("lsat.plans.rate") ? "rate" : "",
                        name,
                        value))
                .anySatisfy(fault -> {
                    assertThat(fault.property()).isEqualTo(reported);
                    assertThat(fault.allowed()).contains(allowed);
                });
    }

    @Test
    @DisplayName("of a plan of uses and a deposit at once stops the deployment")
    void usesAndDeposit() {
        assertThat(faults(
                        "lsat.plans.m.price", "100 sat",
                        "lsat.plans.m.uses", "3",
                        "lsat.plans.m.deposit", "100 sat",
                        "lsat.plans.m.rules", "rate"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.allowed()).contains("either deposit or uses"));
    }

    @Test
    @DisplayName("is read: what is free of a rule, for whom, and how fast one payment may be used")
    void allowancesAreRead() {
        Rule rule = read(
                        "lsat.rules.rate.free", "20/PT1H",
                        "lsat.rules.rate.free-for-roles", "staff, admin",
                        "lsat.rules.rate.rate", "10/PT1S")
                .rule("rate")
                .orElseThrow();
        assertThat(rule.allowance().quota()).contains(new Rate(20, Duration.ofHours(1)));
        assertThat(rule.allowance().roles()).isEqualTo(Set.of("staff", "admin"));
        assertThat(rule.rate()).contains(new Rate(10, Duration.ofSeconds(1)));
        assertThat(read().enforced()).isTrue();
        assertThat(read("lsat.enforce", "false").enforced()).isFalse();
    }

    @Test
    @DisplayName("of a counted plan asks for a ledger that lasts, as that of a counted rule does")
    void aCountedPlanNeedsALedger() {
        assertThat(faults(
                        "lsat.backend", "lnd",
                        "lsat.realm", "shop",
                        "lsat.secret", "f1c3a9be07d24e58aa6b90cc1d3e5f70",
                        "lsat.rules.rate.valid-for", "P1D",
                        "lsat.rules.history.valid-for", "P1D",
                        "lsat.plans.wallet.price", "900 sat",
                        "lsat.plans.wallet.deposit", "1000 sat",
                        "lsat.plans.wallet.rules", "history"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.property()).isEqualTo("lsat.ledger"));
    }
}
