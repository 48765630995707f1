package org.lsat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lsat.Scene.asking;
import static org.lsat.Scene.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.lsat.ledger.LedgerUnavailableException;
import org.lsat.rules.Price;

@DisplayName("A price by code")
final class PriceSourceTest {

    private static final Map<String, String> RULES = Map.of(
            "lsat.rules.coded.path", "/coded/*",
            "lsat.rules.coded.price", "code",
            "lsat.rules.coded.uses", "2");

    private final List<PriceRequest> asked = new ArrayList<>();
    private final Scene scene = new Scene(RULES, List.of(), this::price, PaywallListener.NONE);

    /** As many satoshis as the query says. */
    @SuppressWarnings("NullAway") // A source that breaks its contract.
    private Price price(PriceRequest request) {
        asked.add(request);
        return switch (request.query().orElse("1")) {
            case "none" -> null;
            case "rising" -> new Price(asked.size() < 3 ? 1000 : asked.size() * 1000L);
            case "fails" -> throw new IllegalStateException("no price");
            default -> new Price(Long.parseLong(request.query().orElse("1")) * 1000);
        };
    }

    private RequestFacts get(String query, String... authorization) {
        return asking(scene.get("/coded/x", authorization), query);
    }

    @Test
    @DisplayName("is what the challenge asks for, and what the node is asked for")
    void isAskedFor() {
        HttpAnswer answer = scene.answer(get("7"));
        assertThat(json(answer).required("amountMsat").asLong()).isEqualTo(7000);
        assertThat(scene.node.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.amountMsat()).isEqualTo(7000));
        assertThat(asked).singleElement().satisfies(request -> {
            assertThat(request.rule()).isEqualTo("coded");
            assertThat(request.path()).isEqualTo("/coded/x");
            assertThat(request.query()).contains("7");
            assertThat(request.user()).isEqualTo(Optional.empty());
        });
    }

    @Test
    @DisplayName("is opened by a plan whatever it is, and drawn from a balance")
    void plans() throws LedgerUnavailableException {
        Map<String, String> properties = new HashMap<>(RULES);
        properties.putAll(Map.of(
                "lsat.plans.month.price", "1 sat",
                "lsat.plans.month.valid-for", "P30D",
                "lsat.plans.month.rules", "coded",
                "lsat.plans.wallet.price", "10 sat",
                "lsat.plans.wallet.deposit", "10 sat",
                "lsat.plans.wallet.rules", "coded"));
        Scene shop = new Scene(properties, List.of(), this::price, PaywallListener.NONE);
        shop.open(get("1000", shop.buy("/lsat/plans/month").header()));
        String wallet = shop.buy("/lsat/plans/wallet").header();
        Decision.Paid seven = shop.open(get("7", wallet));
        assertThat(seven.access().balance().orElseThrow().leftMsat()).isEqualTo(3_000);
        seven.settlement().answered(200);
        assertThat(((Decision.PaymentNeeded) shop.decide(get("4", wallet))).reason())
                .isEqualTo(Reason.USED_UP);
        shop.open(get("3", wallet));
    }

    @Test
    @DisplayName("is opened by a token that was bought for as much, or more, from one bundle")
    void asMuchOrMoreOpens() throws LedgerUnavailableException {
        Scene.Bought five = scene.buy(get("5"));
        scene.open(get("5", five.header())).settlement().answered(200);
        Decision.Paid last = scene.open(get("1", five.header()));
        assertThat(last.access().usesLeft()).hasValue(0);
        last.settlement().answered(200);
        assertThat(((Decision.PaymentNeeded) scene.decide(get("5", five.header()))).reason())
                .isEqualTo(Reason.USED_UP);
    }

    @Test
    @DisplayName("is not opened by a token that was bought for less, and no use is taken")
    void lessDoesNotOpen() {
        Scene.Bought five = scene.buy(get("5"));
        Decision decision = scene.decide(get("6", five.header()));
        assertThat(decision)
                .isEqualTo(new Decision.PaymentNeeded(
                        scene.settings.rule("coded").orElseThrow(), new Price(6000), Reason.PRICE_TOO_LOW));
        assertThat(scene.answer(get("6", five.header())).status()).isEqualTo(402);
        assertThat(scene.open(get("5", five.header())).access().usesLeft()).hasValue(1);
    }

    @Test
    @DisplayName("of nothing lets in whoever comes")
    void ofNothing() {
        assertThat(scene.decide(get("0"))).isEqualTo(new Decision.Free(List.of()));
        assertThat(scene.node.calls()).isZero();
    }

    @Test
    @DisplayName("that cannot be told refuses everybody with 503, and sells nothing")
    void cannotBeTold() {
        Scene.Bought hundred = scene.buy(get("100"));
        for (String query : new String[] {"fails", "none"}) {
            for (RequestFacts request : new RequestFacts[] {get(query), get(query, hundred.header())}) {
                HttpAnswer answer = scene.answer(request);
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.body()).doesNotContain("no price");
                assertThat(answer.warning())
                        .hasValueSatisfying(warning -> assertThat(warning.message())
                                .contains("the PriceSource has no price for a request of rule coded"));
            }
        }
        assertThat(scene.node.calls()).isEqualTo(1);
    }

    @Test
    @DisplayName("is not asked about requests of other rules")
    void isNotAskedAboutOthers() {
        scene.answer(scene.get("/one/x"));
        scene.decide(scene.get("/elsewhere"));
        assertThat(asked).isEmpty();
    }

    @Test
    @DisplayName("holds for the whole request that it opened, also where it rises meanwhile")
    void holdsForTheRequest() {
        Decision.Paid opened = scene.open(get("rising", scene.buy(get("rising")).header()));
        assertThat(scene.paywall.opens(opened, opened.rule(), get("rising"))).isTrue();
        assertThat(scene.paywall.decideAgain(get("rising"), Optional.empty(), opened))
                .isEqualTo(new Decision.Free(List.of()));
        assertThat(((Decision.PaymentNeeded) scene.decide(get("rising"))).price())
                .isEqualTo(new Price(3000));
    }

    @Test
    @DisplayName("decides whether a paid request may be dispatched on, too")
    void dispatchedOn() {
        Decision.Paid opened = scene.open(get("5", scene.buy(get("5")).header()));
        assertThat(scene.paywall.opens(opened, opened.rule(), get("5"))).isTrue();
        assertThat(scene.paywall.opens(opened, opened.rule(), get("6"))).isFalse();
        assertThat(scene.paywall.opens(opened, opened.rule(), get("fails"))).isFalse();
        assertThat(scene.paywall.opens(opened, scene.settings.rule("one").orElseThrow(), get("1")))
                .isFalse();
    }
}
