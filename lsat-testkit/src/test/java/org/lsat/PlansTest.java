package org.lsat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lsat.ledger.LedgerUnavailableException;

@DisplayName("A named plan")
final class PlansTest {

    private static final Map<String, String> PLANS = Map.of(
            "lsat.plans.month.price", "5000 sat",
            "lsat.plans.month.valid-for", "P30D",
            "lsat.plans.month.rules", "one, bundle",
            "lsat.plans.month.description", "A month of everything",
            "lsat.plans.five.price", "6 sat",
            "lsat.plans.five.uses", "5",
            "lsat.plans.five.rules", "one,bundle",
            "lsat.plans.wallet.price", "40 sat",
            "lsat.plans.wallet.deposit", "50 sat",
            "lsat.plans.wallet.rules", "one,bundle,get-only");

    private final Scene scene = new Scene(PLANS);

    private HttpAnswer answer(String path, String... authorization) {
        return scene.answer(scene.get(path, authorization));
    }

    private static String header(HttpAnswer answer, String name) {
        return answer.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    private static String header(Decision.Opened opened, String name) {
        return opened.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    @Test
    @DisplayName("is listed with the others, with what it costs and what it buys")
    void isListed() {
        for (String path : new String[] {"/lsat/plans", "/lsat/plans/"}) {
            HttpAnswer answer = answer(path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(header(answer, "Content-Type")).startsWith("application/json");
            JsonNode list = Scene.json(answer);
            assertThat(list.required("realm").asText()).isEqualTo("weather");
            JsonNode plans = list.required("plans");
            assertThat(plans.findValuesAsText("plan")).containsExactly("five", "month", "wallet");
            JsonNode month = plans.get(1);
            assertThat(month.required("amountMsat").asLong()).isEqualTo(5_000_000);
            assertThat(month.required("priceSats").asLong()).isEqualTo(5_000);
            assertThat(month.required("uses").isNull()).isTrue();
            assertThat(month.required("validForSeconds").asLong()).isEqualTo(30 * 86_400);
            assertThat(month.required("rules")).extracting(JsonNode::asText).containsExactly("one", "bundle");
            assertThat(month.required("url").asText()).isEqualTo("/app/lsat/plans/month");
            assertThat(plans.get(0).required("uses").asLong()).isEqualTo(5);
            assertThat(plans.get(2).required("depositMsat").asLong()).isEqualTo(50_000);
        }
    }

    @Test
    @DisplayName("is sold by the 402 of its page, and opens all its rules and no other")
    void isSoldAtItsPage() {
        HttpAnswer answer = answer("/lsat/plans/month");
        assertThat(answer.status()).isEqualTo(402);
        JsonNode body = Scene.json(answer);
        assertThat(body.required("plan").asText()).isEqualTo("month");
        assertThat(body.has("rule")).isFalse();
        assertThat(body.required("amountMsat").asLong()).isEqualTo(5_000_000);
        assertThat(body.required("detail").asText()).startsWith("A month of everything: 5000 sat buys any number");
        String month = scene.buy("/lsat/plans/month").header();
        for (int i = 0; i < 20; i++) {
            Decision.Paid one = scene.open("/one/x", month);
            assertThat(one.access().rule()).isEqualTo("one");
            assertThat(one.access().product()).isEqualTo("month");
            scene.open("/bundle", month);
        }
        assertThat(scene.refusal("/pass/x", month)).isEqualTo(Reason.WRONG_RULE);
        scene.clock.advance(Duration.ofDays(31));
        assertThat(scene.refusal("/one/x", month)).isEqualTo(Reason.EXPIRED);
    }

    @Test
    @DisplayName("opens what its rules are when its token is used, for as long as it was bought")
    void opensWhatItsRulesAreNow() {
        String month = scene.buy("/lsat/plans/month").header();
        Map<String, String> changed = new HashMap<>(PLANS);
        changed.put("lsat.plans.month.rules", "one, pass");
        changed.put("lsat.plans.month.valid-for", "P1D");
        changed.put("lsat.plans.month.price", "9000 sat");
        Scene later = new Scene(changed);
        later.clock.advance(Duration.ofDays(29));
        later.open("/one/x", month);
        later.open("/pass/x", month);
        assertThat(later.refusal("/bundle", month)).isEqualTo(Reason.WRONG_RULE);
        changed.keySet().removeIf(property -> property.startsWith("lsat.plans.month"));
        assertThat(new Scene(changed).refusal("/one/x", month)).isEqualTo(Reason.WRONG_RULE);
    }

    @Test
    @DisplayName("is linked to without the parameters that a client wrote into the context path")
    void isLinkedWithoutParameters() {
        Map<String, String> matrix = new HashMap<>(PLANS);
        matrix.put("lsat.paths.allow", "matrix");
        String context = "/app;a=>,<evil";
        Scene allowing = new Scene(matrix);
        HttpAnswer answer = allowing.answer(new RequestFacts(
                "GET",
                "/get-only",
                context + "/get-only",
                context,
                List.of(),
                List.of(),
                null,
                null,
                null,
                "192.0.2.1",
                true,
                null,
                Set.of(),
                allowing.clock.instant()));
        assertThat(answer.status()).isEqualTo(402);
        assertThat(header(answer, "Link")).isEqualTo("</app/lsat/plans/wallet>; rel=\"payment\"; title=\"wallet\"");
    }

    @Test
    @DisplayName("is offered by the 402 of each rule that it opens, beside the rule's own price")
    void isOfferedByItsRules() {
        HttpAnswer one = answer("/one/x");
        JsonNode body = Scene.json(one);
        assertThat(body.required("rule").asText()).isEqualTo("one");
        assertThat(body.required("amountMsat").asLong()).isEqualTo(1500);
        assertThat(body.required("plans").findValuesAsText("plan")).containsExactly("five", "month", "wallet");
        assertThat(header(one, "Link"))
                .isEqualTo("</app/lsat/plans/five>; rel=\"payment\"; title=\"five\","
                        + " </app/lsat/plans/month>; rel=\"payment\"; title=\"month\","
                        + " </app/lsat/plans/wallet>; rel=\"payment\"; title=\"wallet\"");
        assertThat(Scene.json(answer("/get-only")).required("plans").findValuesAsText("plan"))
                .containsExactly("wallet");
        HttpAnswer pass = answer("/pass/x");
        assertThat(Scene.json(pass).has("plans")).isFalse();
        assertThat(header(pass, "Link")).isEmpty();
    }

    @Test
    @DisplayName(
            "is offered with the others in the body, ten of them in the header: no header is too large for a server")
    void isOfferedWithManyOthers() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            String plan = "lsat.plans." + "p".repeat(61) + i;
            many.putAll(Map.of(plan + ".rules", "one", plan + ".price", "5 sat", plan + ".uses", "9"));
        }
        Scene shop = new Scene(many);
        HttpAnswer answer = shop.answer(shop.get("/one/x"));
        assertThat(Scene.json(answer).required("plans")).hasSize(100);
        assertThat(header(answer, "Link").split("rel=")).hasSize(11);
        assertThat(answer.headers().stream()
                        .mapToInt(field -> field.name().length() + field.value().length())
                        .sum())
                .isLessThan(4_000);
    }

    @Test
    @DisplayName("is not sold again to who has it: its page tells what is left, and uses nothing up")
    void tellsWhatIsLeft() throws LedgerUnavailableException {
        String month = scene.buy("/lsat/plans/month").header();
        HttpAnswer page = answer("/lsat/plans/month", month);
        assertThat(page.status()).isEqualTo(200);
        assertThat(Scene.json(page).required("plan").asText()).isEqualTo("month");
        String five = scene.buy("/lsat/plans/five").header();
        for (int left = 5; left > 0; left--) {
            assertThat(Scene.json(answer("/lsat/plans/five", five))
                            .required("usesLeft")
                            .asLong())
                    .isEqualTo(left);
            Decision.Paid use = scene.open("/bundle", five);
            assertThat(use.firstUse()).isEqualTo(left == 5);
            use.settlement().answered(200);
        }
        assertThat(answer("/lsat/plans/five", five).status()).isEqualTo(402);
        assertThat(answer("/lsat/plans/month", five).status()).isEqualTo(402);
        assertThat(answer("/lsat/plans/month", "L402 nonsense").status()).isEqualTo(402);
    }

    @Test
    @DisplayName("of a number of requests counts them over all its rules")
    void countsOverAllRules() throws LedgerUnavailableException {
        String five = scene.buy("/lsat/plans/five").header();
        for (int left = 4; left >= 0; left--) {
            Decision.Paid use = scene.open(left % 2 == 0 ? "/one/x" : "/bundle", five);
            assertThat(header(use, "L402-Uses-Left")).isEqualTo(String.valueOf(left));
            use.settlement().answered(200);
        }
        assertThat(scene.refusal("/one/x", five)).isEqualTo(Reason.USED_UP);
    }

    @Test
    @DisplayName("with a balance lets each request draw its own rule's price from one deposit")
    void aBalanceIsDrawnDown() throws LedgerUnavailableException {
        String wallet = scene.buy("/lsat/plans/wallet").header();
        Decision.Paid cheap = scene.open("/one/x", wallet);
        assertThat(cheap.access().balance().orElseThrow().reservedMsat()).isEqualTo(1500);
        assertThat(header(cheap, "L402-Balance-Msat")).isEqualTo("48500");
        assertThat(cheap.access().usesLeft()).isEmpty();
        cheap.settlement().answered(200);
        Decision.Paid dear = scene.open("/bundle", wallet);
        assertThat(header(dear, "L402-Balance-Msat")).isEqualTo("18500");
        dear.settlement().answered(200);
        assertThat(scene.refusal("/bundle", wallet)).isEqualTo(Reason.USED_UP);
        assertThat(Scene.json(answer("/lsat/plans/wallet", wallet))
                        .required("balanceLeftMsat")
                        .asLong())
                .isEqualTo(18_500);
        for (int i = 0; i < 12; i++) {
            scene.open("/one/x", wallet).settlement().answered(200);
        }
        assertThat(scene.refusal("/one/x", wallet)).isEqualTo(Reason.USED_UP);
    }

    @Test
    @DisplayName("with a balance takes nothing for what was not answered well, and waits while the rest is reserved")
    void aBalanceIsGivenBack() throws LedgerUnavailableException {
        String wallet = scene.buy("/lsat/plans/wallet").header();
        Decision.Paid dear = scene.open("/bundle", wallet);
        assertThat(scene.decide(scene.get("/bundle", wallet)))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.answer().reason()).contains(Reason.IN_FLIGHT));
        dear.settlement().answered(404);
        assertThat(header(scene.open("/bundle", wallet), "L402-Balance-Msat")).isEqualTo("20000");
    }

    @ParameterizedTest
    @CsvSource({"30000, 20000", "29999, 20001", "1, 49999", "0, 50000"})
    @DisplayName("with a balance costs what the application states in the end")
    void theApplicationStatesTheCost(long cost, long left) throws LedgerUnavailableException {
        String wallet = scene.buy("/lsat/plans/wallet").header();
        Decision.Paid dear = scene.open("/bundle", wallet);
        dear.access().balance().orElseThrow().cost(cost);
        dear.settlement().answered(200);
        assertThat(Scene.json(answer("/lsat/plans/wallet", wallet))
                        .required("balanceLeftMsat")
                        .asLong())
                .isEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource({"-1, 20000", "10000, 40000"})
    @DisplayName(
            "with a balance costs what was stated so far, or else its price, where it takes longer than half a lease")
    void aLongRequestCostsWhatWasStatedSoFar(long stated, long left) throws LedgerUnavailableException {
        String wallet = scene.buy("/lsat/plans/wallet").header();
        Decision.Paid slow = scene.open("/bundle", wallet);
        Balance balance = slow.access().balance().orElseThrow();
        if (stated >= 0) {
            balance.cost(stated);
        }
        scene.clock.advance(Duration.ofSeconds(61));
        scene.open("/one/x", wallet).settlement().giveBack();
        balance.cost(20_000);
        slow.settlement().answered(200);
        assertThat(Scene.json(answer("/lsat/plans/wallet", wallet))
                        .required("balanceLeftMsat")
                        .asLong())
                .isEqualTo(left);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 30_001, Long.MAX_VALUE})
    @DisplayName("with a balance never costs more than was reserved")
    void neverMoreThanReserved(long cost) {
        Balance balance = scene.open("/bundle", scene.buy("/lsat/plans/wallet").header())
                .access()
                .balance()
                .orElseThrow();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> balance.cost(cost))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 to 30000");
        assertThat(balance.costMsat()).isEqualTo(30_000);
    }

    @Test
    @DisplayName("with a balance cannot be narrowed to a number of uses, which nobody counts")
    void aBalanceHasNoUses() {
        Scene.Bought wallet = scene.buy("/lsat/plans/wallet");
        assertThat(scene.refusal("/one/x", wallet.narrowed("wallet_uses=1"))).isEqualTo(Reason.INVALID);
        scene.open("/one/x", wallet.narrowed("wallet_capabilities=GET"));
    }

    @Test
    @DisplayName("may be narrowed by its own name, as a rule's token may")
    void isNarrowedByItsName() {
        Scene.Bought five = scene.buy("/lsat/plans/five");
        assertThat(scene.refusal("/one/x", five.narrowed("five_capabilities=POST")))
                .isEqualTo(Reason.WRONG_RULE);
        assertThat(scene.refusal("/one/x", five.narrowed("five_uses=0"))).isEqualTo(Reason.USED_UP);
        assertThat(scene.refusal("/one/x", five.narrowed("five_colour=red"))).isEqualTo(Reason.INVALID);
    }

    @Test
    @DisplayName("has no page for what it is not, and no page takes anything but GET and HEAD")
    void hasNoOtherPages() {
        for (String path : new String[] {"/lsat/plans/none", "/lsat/plans/month/", "/lsat/plans/month/x"}) {
            assertThat(answer(path).status()).as(path).isEqualTo(404);
        }
        HttpAnswer post = scene.answer(scene.request("POST", "/lsat/plans/month", List.of()));
        assertThat(post.status()).isEqualTo(405);
        assertThat(header(post, "Allow")).isEqualTo("GET, HEAD");
        assertThat(scene.decide(scene.get("/lsat/plansx"))).isEqualTo(Decision.Free.PLAIN);
        assertThat(new Scene().decide(new Scene().get("/lsat/plans"))).isEqualTo(Decision.Free.PLAIN);
    }

    @Test
    @DisplayName("used by the first comer's token and another's: the first that opens is charged")
    void severalTokens() throws LedgerUnavailableException {
        String one = scene.buy("/one/x").header();
        String five = scene.buy("/lsat/plans/five").header();
        Decision.Paid first = scene.open("/one/x", one, five);
        assertThat(first.access().product()).isEqualTo("one");
        first.settlement().answered(200);
        assertThat(scene.open("/one/x", one, five).access().product()).isEqualTo("five");
    }

    @Test
    @DisplayName("with a rate answers 429 to who uses one payment faster, counts nothing, and goes on afterwards")
    void aRateLimitsHolders() throws LedgerUnavailableException {
        Scene limited = new Scene(Map.of(
                "lsat.rules.pass.rate", "3/PT3S",
                "lsat.rules.bundle.rate", "1/PT1S"));
        String pass = limited.buy("/pass/x").header();
        for (int i = 0; i < 3; i++) {
            limited.open("/pass/x", pass);
        }
        HttpAnswer refused = limited.answer(limited.get("/pass/x", pass));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.reason()).contains(Reason.TOO_MANY_REQUESTS);
        assertThat(header(refused, "Retry-After")).isEqualTo("2");
        assertThat(header(refused, "WWW-Authenticate")).isEmpty();
        limited.open("/pass/x", limited.buy("/pass/x").header());
        limited.clock.advance(Duration.ofSeconds(1));
        limited.open("/pass/x", pass);
        String bundle = limited.buy("/bundle").header();
        limited.open("/bundle", bundle).settlement().answered(200);
        assertThat(limited.answer(limited.get("/bundle", bundle)).status()).isEqualTo(429);
        limited.clock.advance(Duration.ofSeconds(1));
        assertThat(limited.open("/bundle", bundle).access().usesLeft()).hasValue(1);
    }
}
