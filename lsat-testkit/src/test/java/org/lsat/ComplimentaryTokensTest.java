package org.lsat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.lsat.config.AnnotatedRule;
import org.lsat.ledger.LedgerUnavailableException;
import org.lsat.rules.Price;

@DisplayName("A complimentary token")
final class ComplimentaryTokensTest {

    private final Scene scene = new Scene(
            Map.of(
                    "lsat.rules.coded.path", "/coded",
                    "lsat.rules.coded.price", "code",
                    "lsat.settlement", "strict",
                    "lsat.plans.wallet.price", "40 sat",
                    "lsat.plans.wallet.deposit", "50 sat",
                    "lsat.plans.wallet.rules", "one,bundle"),
            List.<AnnotatedRule>of(),
            request -> new Price(9_000_000),
            PaywallListener.NONE);

    private final Instant end = scene.clock.instant().plus(Duration.ofDays(3));
    private final ComplimentaryTokens tokens = new ComplimentaryTokens(
            scene.settings::keys, Set.of("one", "bundle", "coded", "wallet"), scene.clock, new SecureRandom());

    @Test
    @DisplayName("opens its rule until its end, whatever the rule sells, and no node is asked about it")
    void opensItsRule() {
        String pass = tokens.pass("one", end).authorization();
        for (int i = 0; i < 5; i++) {
            Decision.Paid opened = scene.open("/one/x", pass);
            assertThat(opened.settlement().isCounted()).isFalse();
            assertThat(opened.access().tokenId().isComplimentary()).isTrue();
            assertThat(opened.access().tokenId().amountMsat()).isZero();
        }
        assertThat(scene.refusal("/bundle", pass)).isEqualTo(Reason.WRONG_RULE);
        scene.clock.advance(Duration.ofDays(3));
        assertThat(scene.refusal("/one/x", pass)).isEqualTo(Reason.EXPIRED);
    }

    @Test
    @DisplayName("opens what a PriceSource prices, at any price")
    void opensWhatCodePrices() {
        scene.open("/coded", tokens.pass("coded", end).authorization());
    }

    @Test
    @DisplayName("is counted as a bought one is")
    void isCounted() throws LedgerUnavailableException {
        String bundle = tokens.bundle("bundle", 2, end).authorization();
        scene.open("/bundle", bundle).settlement().answered(200);
        scene.open("/bundle", bundle).settlement().answered(404);
        Decision.Paid second = scene.open("/bundle", bundle);
        assertThat(second.access().usesLeft()).hasValue(0);
        second.settlement().answered(200);
        assertThat(scene.refusal("/bundle", bundle)).isEqualTo(Reason.USED_UP);
    }

    @Test
    @DisplayName("may be a balance of a plan")
    void mayBeABalance() throws LedgerUnavailableException {
        String balance = tokens.balance("wallet", new Price(32_000), end).authorization();
        scene.open("/bundle", balance).settlement().answered(200);
        scene.open("/one/x", balance).settlement().answered(200);
        assertThat(scene.refusal("/one/x", balance)).isEqualTo(Reason.USED_UP);
    }

    @Test
    @DisplayName("ends within a hundred years, and is counted until then")
    void endsWithinAHundredYears() throws LedgerUnavailableException {
        Instant now = scene.clock.instant();
        Instant last = now.plus(ComplimentaryTokens.LONGEST);
        Decision.Paid opened =
                scene.open("/bundle", tokens.bundle("bundle", 2, last).authorization());
        assertThat(opened.access().validUntil()).isEqualTo(last);
        opened.settlement().answered(200);
        for (Instant end : List.of(last.plusSeconds(1), Instant.MAX)) {
            assertThatThrownBy(() -> tokens.bundle("bundle", 2, end))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("allowed is")
                    .hasMessageContaining(last.toString());
        }
    }

    @Test
    @DisplayName("is not made for what there is not, for the past, or for nothing")
    void isNotMade() {
        assertThatThrownBy(() -> tokens.pass("on", end)).hasMessageContaining("bundle, coded, one, wallet");
        assertThatThrownBy(() -> tokens.pass("one", scene.clock.instant())).hasMessageContaining("has passed");
        assertThatThrownBy(() -> tokens.bundle("one", 0, end)).hasMessageContaining("uses 0");
        assertThatThrownBy(() -> tokens.bundle("one", 1L << 32, end)).hasMessageContaining("4294967295");
        assertThatThrownBy(() -> tokens.balance("wallet", Price.FREE, end))
                .hasMessageContaining("a deposit of nothing");
    }
}
