package org.lsat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.lsat.config.AnnotatedRule;
import org.lsat.protocol.Tokens;

@DisplayName("A request that was matched to a resource")
final class MatchedTest {

    private static final List<AnnotatedRule> ANNOTATED = List.of(
            new AnnotatedRule("Rates.today()", "rates", "10 sat", 2, "", List.of(), ""),
            new AnnotatedRule("Rates.posted()", "posted", "10 sat", 0, "", List.of("POST"), ""),
            new AnnotatedRule("Rates.terms()", "terms", "free", 0, "", List.of(), ""));
    private static final Decision FREE = new Decision.Free(List.of());

    private final List<PaywallEvent> events = new ArrayList<>();
    private final Scene scene = new Scene(Map.of(), ANNOTATED, null, events::add);

    private Decision matched(RequestFacts request, String rule) {
        return scene.paywall.decideMatched(request, Optional.of(rule));
    }

    private Decision matched(RequestFacts request) {
        return scene.paywall.decideMatched(request, Optional.empty());
    }

    private static void assertMisconfigured(Decision decision, String why) {
        assertThat(decision).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.answer().status()).isEqualTo(503);
            assertThat(refused.answer().reason()).contains(Reason.MISCONFIGURED);
            assertThat(refused.answer().warning())
                    .hasValueSatisfying(warning -> assertThat(warning.message()).contains(why));
        });
    }

    /** A token of an annotated rule. */
    private Scene.Bought buyMatched(String path, String rule) {
        RequestFacts request = scene.get(path);
        HttpAnswer answer = scene.paywall.challengeMatched((Decision.PaymentNeeded) matched(request, rule), request);
        return new Scene.Bought(
                Tokens.decode(Scene.json(answer).required("macaroon").asText()),
                scene.node
                        .preimageOf(Scene.json(answer).required("invoice").asText())
                        .revealHex());
    }

    @Test
    @DisplayName("costs what its annotation says, and is opened by a token for that")
    void byAnnotation() {
        assertThat(((Decision.PaymentNeeded) matched(scene.get("/r"), "rates"))
                        .product()
                        .name())
                .isEqualTo("rates");
        Scene.Bought bought = buyMatched("/r", "rates");
        assertThat(matched(scene.get("/r", bought.header()), "rates"))
                .isInstanceOfSatisfying(
                        Decision.Paid.class,
                        opened -> assertThat(opened.access().usesLeft()).hasValue(1));
    }

    @Test
    @DisplayName("costs what its matched path says, where the filter saw another one")
    void byPath() {
        assertThat(((Decision.PaymentNeeded) matched(scene.get("/one/x")))
                        .product()
                        .name())
                .isEqualTo("one");
        assertThat(matched(scene.get("/elsewhere"))).isEqualTo(FREE);
    }

    @Test
    @DisplayName("is free where the annotation's rule is free, or does not list the method")
    void freeByAnnotation() {
        assertThat(matched(scene.get("/r"), "terms")).isEqualTo(FREE);
        assertThat(matched(scene.get("/r"), "posted")).isEqualTo(FREE);
        assertThat(matched(scene.request("POST", "/r", List.of()), "posted"))
                .isInstanceOf(Decision.PaymentNeeded.class);
    }

    @Test
    @DisplayName("under a free annotation still costs what its path costs")
    void aFreeAnnotationUnderAPricedPath() {
        assertThat(matched(scene.get("/one/x"), "terms")).isInstanceOf(Decision.PaymentNeeded.class);
    }

    @Test
    @DisplayName("with two prices is refused, and so is one whose rule is not known")
    void twoPrices() {
        assertMisconfigured(matched(scene.get("/one/x"), "rates"), "rule rates lies under the path of rule one");
        assertMisconfigured(matched(scene.get("/r"), "unheard-of"), "add lsat.rules.unheard-of.price");
        assertThat(scene.node.calls()).isZero();
    }

    @Test
    @DisplayName("after the filter opened it is not charged again")
    void isNotChargedAgain() {
        Decision.Paid opened = scene.open("/bundle", scene.buy("/bundle").header());
        events.clear();
        assertThat(scene.paywall.decideAgain(scene.get("/bundle"), Optional.empty(), opened))
                .isEqualTo(FREE);
        assertThat(scene.paywall.decideAgain(scene.get("/bundle"), Optional.of("bundle"), opened))
                .isEqualTo(FREE);
        assertThat(scene.paywall.decideAgain(scene.get("/elsewhere"), Optional.empty(), opened))
                .isEqualTo(FREE);
        assertThat(events).isEmpty();
    }

    @Test
    @DisplayName("after the filter opened another rule for it is refused, never sold a second time")
    void isNotSoldTwice() {
        Decision.Paid opened = scene.open("/bundle", scene.buy("/bundle").header());
        events.clear();
        assertMisconfigured(
                scene.paywall.decideAgain(scene.get("/elsewhere"), Optional.of("rates"), opened),
                "a request paid under rule bundle was matched to a resource under rule rates");
        assertMisconfigured(
                scene.paywall.decideAgain(scene.get("/one/x"), Optional.empty(), opened), "give both one name");
        assertThat(events)
                .hasSize(2)
                .allMatch(event ->
                        event instanceof PaywallEvent.Refused refused && refused.reason() == Reason.MISCONFIGURED);
    }

    @Test
    @DisplayName("and is a preflight costs nothing: it is answered by us, or left to the application")
    void preflight() {
        for (boolean application : new boolean[] {false, true}) {
            Scene shop = new Scene(
                    application ? Map.of("lsat.cors", "application") : Map.of(), ANNOTATED, null, PaywallListener.NONE);
            RequestFacts request = Scene.from(
                    "https://shop.example", new Preflight("GET", ""), shop.request("OPTIONS", "/r", List.of()));
            Decision decision = shop.paywall.decideMatched(request, Optional.of("rates"));
            if (application) {
                assertThat(decision).isEqualTo(FREE);
            } else {
                assertThat(decision).isEqualTo(new Decision.Refused(Answers.PREFLIGHT));
            }
            assertThat(shop.paywall.decideMatched(request, Optional.empty())).isEqualTo(FREE);
            assertThat(shop.paywall.decideMatched(request.matchedAs("POST", "/r"), Optional.of("rates")))
                    .as("one that the application treats as another method")
                    .isInstanceOf(Decision.PaymentNeeded.class);
        }
    }

    @Test
    @DisplayName("has the fields of CORS set by the filter, and by the second gate where the filter sets none")
    void cors() {
        for (boolean application : new boolean[] {false, true}) {
            Map<String, String> settings = application
                    ? Map.of("lsat.cors", "application", "lsat.cors.origins", "*")
                    : Map.of("lsat.cors.origins", "*");
            Scene shop = new Scene(settings, ANNOTATED, null, PaywallListener.NONE);
            RequestFacts request = Scene.from("https://shop.example", null, shop.get("/r"));
            Decision needed = shop.paywall.decideMatched(request, Optional.of("rates"));
            HttpAnswer answer = shop.paywall.challengeMatched((Decision.PaymentNeeded) needed, request);
            assertThat(answer.headers().contains(new Header("Access-Control-Allow-Origin", "*")))
                    .isEqualTo(application);
        }
    }
}
