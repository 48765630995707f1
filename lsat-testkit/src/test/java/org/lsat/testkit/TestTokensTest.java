package org.lsat.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lsat.Decision;
import org.lsat.PaidToken;
import org.lsat.Paywall;
import org.lsat.Reason;
import org.lsat.RequestFacts;
import org.lsat.config.ConfigReader;
import org.lsat.config.ConfigValues;
import org.lsat.config.Settings;
import org.lsat.config.SettingsReader;
import org.lsat.ledger.MemoryLedger;

@DisplayName("A token that nobody paid for")
final class TestTokensTest {

    private static final String SECRET = "a secret of thirty-two bytes or more";
    private static final TestTokens TOKENS = TestTokens.of("weather", SECRET);

    private static Decision decide(String network, PaidToken token) {
        InstantSource clock = InstantSource.system();
        boolean playMoney = network.equals("dev");
        ConfigReader config = new ConfigReader(ConfigValues.of(Map.of(
                "lsat.backend", "fake",
                "lsat.realm", "weather",
                "lsat.secret", SECRET,
                "lsat.ledger", "memory",
                "lsat.network", playMoney ? "mainnet" : network,
                "lsat.rules.forecast.path", "/api/*",
                "lsat.rules.forecast.price", "10 sat")));
        Settings settings = SettingsReader.read(config, Map.of("fake", playMoney), new SecureRandom());
        config.finish();
        Paywall paywall = new Paywall(
                settings,
                new Paywall.Services(
                        new FakeNode(clock, settings.invoiceNetwork()),
                        new MemoryLedger(10, Duration.ofMinutes(2), clock),
                        clock,
                        new SecureRandom()));
        return paywall.decide(new RequestFacts(
                "GET",
                "/api/x",
                "/api/x",
                "",
                List.of(token.authorization()),
                List.of(),
                null,
                null,
                null,
                "192.0.2.1",
                true,
                null,
                Set.of(),
                clock.instant()));
    }

    @ParameterizedTest
    @CsvSource({"dev", "mainnet", "testnet", "signet", "regtest"})
    @DisplayName("opens its rule, on its network")
    void opensItsRule(String network) {
        assertThat(decide(network, TOKENS.network(network).mint("forecast"))).isInstanceOf(Decision.Paid.class);
        assertThat(decide(network, TOKENS.network(network).uses(3).mint("forecast")))
                .isInstanceOfSatisfying(
                        Decision.Paid.class,
                        opened -> assertThat(opened.access().usesLeft()).hasValue(2));
    }

    @Test
    @DisplayName("opens nothing else, and not for longer")
    void opensNothingElse() {
        assertRefused(decide("dev", TOKENS.mint("other")), Reason.WRONG_RULE);
        assertRefused(decide("dev", TOKENS.network("regtest").mint("forecast")), Reason.INVALID);
        assertRefused(decide("dev", TOKENS.validFor(Duration.ofSeconds(-1)).mint("forecast")), Reason.EXPIRED);
    }

    private static void assertRefused(Decision decision, Reason reason) {
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.PaymentNeeded.class,
                        needed -> assertThat(needed.reason()).isEqualTo(reason));
    }

    @Test
    @DisplayName("is of a network that there is, and shows no secret")
    void isOfANetwork() {
        assertThatThrownBy(() -> TOKENS.network("main"))
                .hasMessage("network main: allowed are [dev, mainnet, regtest, signet, testnet]");
        assertThat(TOKENS.toString()).doesNotContain(SECRET);
        PaidToken token = TOKENS.mint("forecast");
        assertThat(token.toString()).doesNotContain(token.preimage());
    }
}
