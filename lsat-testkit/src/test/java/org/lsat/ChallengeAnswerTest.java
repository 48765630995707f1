package org.lsat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lsat.Scene.json;
import static org.lsat.Scene.values;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lsat.protocol.Bolt11;
import org.lsat.protocol.Identifier;
import org.lsat.protocol.TokenId;
import org.lsat.protocol.Tokens;
import org.lsat.testkit.FakeNode.Fault;

@DisplayName("The challenge (wire.md section 1)")
final class ChallengeAnswerTest {

    private static final Set<String> FIVE_MEMBERS = Set.of("type", "title", "status", "detail", "reason");

    private final Scene scene = new Scene();

    private static List<String> members(JsonNode body) {
        List<String> names = new ArrayList<>();
        body.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void assertNoChallenge(HttpAnswer answer) {
        assertThat(values(answer, "WWW-Authenticate")).isEmpty();
        assertThat(answer.body()).doesNotContain("lnbc");
    }

    /** What every 400, 429 and 503 of ours looks like. */
    private static void assertProblem(HttpAnswer answer, int status, String reason) {
        assertThat(answer.status()).isEqualTo(status);
        assertNoChallenge(answer);
        assertThat(values(answer, "Cache-Control")).containsExactly("no-store");
        assertThat(values(answer, "Content-Type")).containsExactly("application/problem+json;charset=UTF-8");
        JsonNode body = json(answer);
        assertThat(members(body)).containsExactlyInAnyOrderElementsOf(FIVE_MEMBERS);
        assertThat(body.required("type").asText()).isEqualTo("urn:lsat:" + reason);
        assertThat(body.required("reason").asText()).isEqualTo(reason);
        assertThat(body.required("status").asInt()).isEqualTo(status);
        assertThat(values(answer, "Retry-After"))
                .hasSize(status == 400 ? 0 : 1)
                .allMatch(v -> v.matches("[1-9][0-9]*"));
    }

    @Test
    @DisplayName("is these five field lines in this order, with one space here and there and nothing else")
    void isTheseFieldLines() {
        HttpAnswer answer = scene.answer(scene.get("/one/x"));
        String macaroon = json(answer).required("macaroon").asText();
        String invoice = json(answer).required("invoice").asText();
        assertThat(answer.status()).isEqualTo(402);
        assertThat(answer.headers())
                .containsExactly(
                        new Header(
                                "WWW-Authenticate", "LSAT macaroon=\"" + macaroon + "\", invoice=\"" + invoice + "\""),
                        new Header(
                                "WWW-Authenticate",
                                "L402 macaroon=\"" + macaroon + "\", invoice=\"" + invoice
                                        + "\", version=\"0\", token=\"" + macaroon + "\""),
                        new Header("Cache-Control", "no-store"),
                        new Header("Content-Type", "application/problem+json;charset=UTF-8"));
        assertThat(answer.warning()).isEmpty();
    }

    @Test
    @DisplayName("has no comma and no quote inside a quoted value, so that joined lines stay readable")
    void hasNoCommaInsideAQuotedValue() {
        for (String value : values(scene.answer(scene.get("/one/x")), "WWW-Authenticate")) {
            assertThat(value.replaceAll("[a-z]+=\"[A-Za-z0-9+/=]+\"", "v")).matches("(LSAT v, v|L402 v, v, v, v)");
        }
    }

    @Test
    @DisplayName("holds a macaroon in standard base64 with padding and a lower-case invoice with an amount")
    void holdsMacaroonAndInvoice() throws Exception {
        JsonNode body = json(scene.answer(scene.get("/one/x")));
        String macaroon = body.required("macaroon").asText();
        assertThat(Tokens.decode(macaroon).base64()).isEqualTo(macaroon);
        Bolt11 invoice = Bolt11.parse(body.required("invoice").asText());
        assertThat(invoice.text()).isLowerCase();
        assertThat(invoice.amountMsat()).hasValue(1500);
        Identifier identifier = Identifier.of(Tokens.decode(macaroon)).orElseThrow();
        assertThat(identifier.paymentHash()).isEqualTo(invoice.paymentHash());
    }

    @Test
    @DisplayName("puts an invoice that the node wrote in capitals into lower case")
    void putsTheInvoiceIntoLowerCase() {
        scene.node.misbehave(Fault.UPPER_CASE);
        HttpAnswer answer = scene.answer(scene.get("/one/x"));
        assertThat(answer.status()).isEqualTo(402);
        String invoice = json(answer).required("invoice").asText();
        assertThat(invoice).isEqualTo(invoice.toLowerCase(Locale.ROOT));
        assertThat(values(answer, "WWW-Authenticate")).allMatch(value -> value.contains("invoice=\"lnbcrt"));
    }

    @Test
    @DisplayName("says in its body what is wrong, what to pay, until when, and what that buys")
    void bodyOfACountedRule() throws Exception {
        JsonNode body = json(scene.answer(scene.get("/one/x")));
        assertThat(members(body))
                .containsExactly(
                        "type",
                        "title",
                        "status",
                        "detail",
                        "reason",
                        "macaroon",
                        "invoice",
                        "paymentHash",
                        "amountMsat",
                        "priceSats",
                        "expiresAt",
                        "realm",
                        "rule",
                        "uses",
                        "validUntil");
        Bolt11 invoice = Bolt11.parse(body.required("invoice").asText());
        assertThat(body.required("type").asText()).isEqualTo("urn:lsat:payment-required");
        assertThat(body.required("reason").asText()).isEqualTo("payment-required");
        assertThat(body.required("status").asInt()).isEqualTo(402);
        assertThat(body.required("paymentHash").asText())
                .isEqualTo(invoice.paymentHash().hex());
        assertThat(body.required("amountMsat").asLong()).isEqualTo(1500);
        assertThat(body.required("priceSats").asLong()).as("rounded up").isEqualTo(2);
        assertThat(body.required("expiresAt").asText()).isEqualTo("2026-01-01T00:10:00Z");
        assertThat(body.required("realm").asText()).isEqualTo("weather");
        assertThat(body.required("rule").asText()).isEqualTo("one");
        assertThat(body.required("uses").asLong()).isEqualTo(1);
        assertThat(body.required("validUntil").asText()).isEqualTo("2026-01-01T01:10:00Z");
        assertThat(body.required("detail").asText())
                .contains("One \"forecast\"", "1500 msat", "one request within 1 hour");
    }

    @Test
    @DisplayName("says uses: null for a pass, and counts its time from the end of the invoice")
    void bodyOfAPass() {
        JsonNode body = json(scene.answer(scene.get("/pass/x")));
        assertThat(body.required("uses").isNull()).isTrue();
        assertThat(body.required("validUntil").asText()).isEqualTo("2026-01-31T00:10:00Z");
        assertThat(scene.buy("/pass/x").macaroon().caveat(1).value()).isEqualTo("1769818200");
    }

    @Test
    @DisplayName("ends the token by the end that stands in the invoice")
    void theEndComesFromTheInvoice() {
        scene.clock.advance(Duration.ofSeconds(7));
        JsonNode body = json(scene.answer(scene.get("/one/x")));
        assertThat(body.required("expiresAt").asText()).isEqualTo("2026-01-01T00:10:07Z");
        assertThat(body.required("validUntil").asText()).isEqualTo("2026-01-01T01:10:07Z");
    }

    @Test
    @DisplayName("asks the node for the price, the memo and the expiry that are configured")
    void asksTheNode() {
        Scene other = new Scene(Map.of("lsat.invoice.expiry", "PT90S", "lsat.invoice.memo", "buy {rule} at {realm}"));
        other.buy("/bundle");
        assertThat(other.node.requests())
                .containsExactly(new InvoiceRequest(30_000, "buy bundle at weather", Duration.ofSeconds(90)));
    }

    @Test
    @DisplayName("writes into the token id what was bought and paid")
    void writesIntoTheTokenIdWhatWasBought() {
        TokenId tokenId = Identifier.ofGenuine(scene.buy("/bundle").macaroon()).tokenId();
        assertThat(tokenId.uses()).isEqualTo(3);
        assertThat(tokenId.amountMsat()).isEqualTo(30_000);
        assertThat(Identifier.ofGenuine(scene.buy("/pass/x").macaroon())
                        .tokenId()
                        .uses())
                .isZero();
    }

    @Test
    @DisplayName("sells a new token over a new invoice each time")
    void sellsANewTokenEachTime() {
        assertThat(scene.buy("/one/x").header())
                .isNotEqualTo(scene.buy("/one/x").header());
        assertThat(scene.node.calls()).isEqualTo(2);
    }

    @Test
    @DisplayName("reports a node whose clock is more than 60 s ahead, in whole minutes, and believes it")
    void reportsClockSkew() {
        RequestFacts request = scene.get("/one/x");
        for (int seconds : List.of(0, 60)) {
            assertThat(skewed(seconds, request).warning()).as("%d s", seconds).isEmpty();
        }
        for (int seconds : List.of(150, 179)) {
            HttpAnswer answer = skewed(seconds, request);
            assertThat(answer.status()).isEqualTo(402);
            assertThat(answer.warning())
                    .hasValueSatisfying(w -> assertThat(w.message())
                            .isEqualTo("the node's clock is 2 min ahead of ours; tokens end by the node's"));
        }
        assertThat(skewed(61, request).warning()).isPresent();
    }

    @Test
    @DisplayName("takes an old invoice for one that came late, and says nothing of clocks")
    void anOldInvoiceIsNoClock() {
        HttpAnswer answer = skewed(-299, scene.get("/one/x"));
        assertThat(answer.status()).isEqualTo(402);
        assertThat(answer.warning()).isEmpty();
    }

    /** The answer of a paywall whose clock is so much behind that of its node. */
    private HttpAnswer skewed(int seconds, RequestFacts request) {
        org.lsat.testkit.SettableClock ours = org.lsat.testkit.SettableClock.at(Scene.START);
        ours.advance(Duration.ofSeconds(-seconds));
        Paywall paywall = new Paywall(
                scene.settings,
                new Paywall.Services(
                        scene.node,
                        new org.lsat.ledger.MemoryLedger(10, Duration.ofMinutes(2), ours),
                        ours,
                        new java.security.SecureRandom()));
        return paywall.challenge((Decision.PaymentNeeded) paywall.decide(request), request);
    }

    @Nested
    @DisplayName("is not given, but 503 without an invoice or token,")
    final class NoInvoice {

        @ParameterizedTest
        @EnumSource(
                value = Fault.class,
                mode = EnumSource.Mode.EXCLUDE,
                names = {"NONE", "UPPER_CASE", "UNSETTLED"})
        @DisplayName("whatever is wrong with the node or its invoice")
        void whateverIsWrong(Fault fault) {
            scene.node.misbehave(fault);
            HttpAnswer answer = scene.answer(scene.get("/one/x"));
            assertProblem(answer, 503, "node-unavailable");
            assertThat(answer.warning()).isPresent();
            assertThat(values(answer, "Retry-After")).containsExactly(fault == Fault.REFUSES ? "7" : "5");
        }

        @ParameterizedTest
        @EnumSource(
                value = Fault.class,
                mode = EnumSource.Mode.EXCLUDE,
                names = {"NONE", "UPPER_CASE", "UNSETTLED"})
        @DisplayName("and the permit is returned, so that a client is not punished for the node")
        void thePermitIsReturned(Fault fault) {
            Scene strict = new Scene(Map.of("lsat.challenges.per-client", "1/PT1H", "lsat.challenges.total", "1/PT1H"));
            strict.node.misbehave(fault);
            for (int i = 0; i < 5; i++) {
                assertThat(strict.answer(strict.get("/one/x")).status()).isEqualTo(503);
            }
            strict.node.misbehave(Fault.NONE);
            assertThat(strict.answer(strict.get("/one/x")).status()).isEqualTo(402);
        }

        @ParameterizedTest
        @CsvSource({
            "REFUSES, told to refuse",
            "THROWS, told to throw",
            "OTHER_HASH, another payment hash",
            "OTHER_AMOUNT, another amount",
            "NO_AMOUNT, another amount",
            "OTHER_NETWORK, network bc",
            "EXPIRED, has expired already",
            "TOO_LONG, lsat.invoice.expiry",
            "TOO_LARGE, more than 2000 do not fit into the header of an answer",
            "UNREADABLE, checksum"
        })
        @DisplayName("and the log is told what is wrong with it")
        void theLogIsTold(Fault fault, String cause) {
            scene.node.misbehave(fault);
            assertThat(scene.answer(scene.get("/one/x")).warning())
                    .hasValueSatisfying(warning -> assertThat(warning.message()).contains(cause));
        }

        @Test
        @DisplayName("and tokens that were paid go on working")
        void paidTokensGoOnWorking() {
            Scene.Bought pass = scene.buy("/pass/x");
            Scene.Bought bundle = scene.buy("/bundle");
            scene.node.misbehave(Fault.THROWS);
            scene.open("/pass/x", pass.header());
            scene.open("/bundle", bundle.header());
        }
    }

    @Nested
    @DisplayName("is limited")
    final class Limited {

        @Test
        @DisplayName("with 429 and Retry-After, without asking the node, and paid requests are not")
        void with429() {
            Scene strict = new Scene(Map.of("lsat.challenges.per-client", "2/PT10S"));
            Scene.Bought pass = strict.buy("/pass/x");
            strict.buy("/one/x");
            HttpAnswer refused = strict.answer(strict.get("/one/x"));
            assertProblem(refused, 429, "too-many-challenges");
            assertThat(strict.node.calls()).isEqualTo(2);
            for (int i = 0; i < 100; i++) {
                strict.open("/pass/x", pass.header());
            }
            strict.clock.advance(Duration.ofSeconds(
                    Long.parseLong(values(refused, "Retry-After").get(0))));
            strict.buy("/one/x");
        }

        @Test
        @DisplayName("when the ledger is full to nine tenths: counted plans are sold out, passes are not")
        void whenTheLedgerIsNearlyFull() {
            Scene small = new Scene(Map.of("lsat.ledger.capacity", "2"));
            Scene.Bought first = small.buy("/one/x");
            Scene.Bought second = small.buy("/bundle");
            small.open("/one/x", first.header());
            HttpAnswer soldOut = small.answer(small.get("/one/x"));
            assertProblem(soldOut, 503, "sold-out");
            assertThat(soldOut.warning())
                    .hasValueSatisfying(w -> assertThat(w.message()).contains("lsat.ledger.capacity"));
            small.buy("/pass/x");
            small.open("/bundle", second.header());
        }
    }

    @Test
    @DisplayName("is 400 with a constant body for a target that is not canonical, wherever it points, paid or not")
    void badTargetIs400() {
        Scene.Bought pass = scene.buy("/pass/x");
        HttpAnswer first = scene.answer(withUri(scene.get("/pass/x", pass.header()), "/pass//x"));
        HttpAnswer second = scene.answer(withUri(scene.get("/free"), "/%2e%2e/<script>"));
        assertProblem(first, 400, "bad-target");
        assertThat(second).isEqualTo(first);
        assertThat(scene.paywall.decideDispatched(withUri(scene.get("/free"), "//")))
                .isEqualTo(new Decision.Free(List.of()));
    }

    @Test
    @DisplayName("is 400 where the container hands the request URI out decoded, so that a %25 shows in the path only")
    void decodedUriIs400() {
        assertProblem(scene.answer(withUri(scene.get("/p%61ss/x"), "/p%61ss/x")), 400, "bad-target");
    }

    private static RequestFacts withUri(RequestFacts facts, String uri) {
        return new RequestFacts(
                facts.method(),
                facts.path(),
                uri,
                facts.contextPath(),
                facts.authorization(),
                facts.macaroons(),
                facts.query(),
                facts.origin(),
                facts.preflight(),
                facts.clientAddress(),
                facts.localPeer(),
                facts.user(),
                Set.of(),
                facts.time());
    }

    @Nested
    @DisplayName("of a stand-in for a node")
    final class OfAStandIn {

        private final Scene wallet =
                new Scene(Map.of(), null, new InvoiceSource.StandIn("/_lsat/pay", true, "lsat.dev.allow-remote"));

        private RequestFacts remote(RequestFacts facts) {
            return new RequestFacts(
                    facts.method(),
                    facts.path(),
                    facts.requestUri(),
                    facts.contextPath(),
                    facts.authorization(),
                    facts.macaroons(),
                    null,
                    null,
                    null,
                    "203.0.113.5",
                    false,
                    null,
                    Set.of(),
                    facts.time());
        }

        @Test
        @DisplayName("names its pay URL below the context path as the last member")
        void namesItsPayUrl() {
            JsonNode body = json(wallet.answer(wallet.get("/one/x")));
            assertThat(members(body)).endsWith("devWallet");
            assertThat(body.required("devWallet").asText()).isEqualTo("/app/_lsat/pay");
            assertThat(body.required("detail").asText()).contains("play money");
        }

        @Test
        @DisplayName("is 503 for others than local peers, and names the property that lets them in")
        void refusesOthersThanLocalPeers() {
            HttpAnswer answer = wallet.answer(remote(wallet.get("/one/x")));
            assertProblem(answer, 503, "misconfigured");
            assertThat(json(answer).required("detail").asText()).contains("lsat.dev.allow-remote=true");
            assertThat(wallet.node.calls()).isZero();
            assertThat(wallet.paywall.servesLocalPeersOnly()).isTrue();
        }

        @Test
        @DisplayName("serves everybody where it says so")
        void servesEverybodyWhereItSaysSo() {
            Scene open = new Scene(Map.of(), null, new InvoiceSource.StandIn("/_lsat/pay", false, "x"));
            assertThat(open.answer(remote(open.get("/one/x"))).status()).isEqualTo(402);
            assertThat(open.paywall.servesLocalPeersOnly()).isFalse();
        }

        @Test
        @DisplayName("leaves its pay path free, whatever the rules say")
        void leavesItsPayPathFree() {
            Scene all = new Scene(
                    Map.of("lsat.rules.all.path", "/*", "lsat.rules.all.price", "1 sat"),
                    null,
                    new InvoiceSource.StandIn("/_lsat/pay", true, "x"));
            assertThat(all.decide(all.get("/_lsat/pay"))).isEqualTo(new Decision.Free(List.of()));
            assertThat(all.decide(all.get("/_lsat/pay/x"))).isInstanceOf(Decision.PaymentNeeded.class);
            assertThat(all.paywall.priced("/_lsat/pay", "/_lsat/pay", "GET")).isEmpty();
        }

        @Test
        @DisplayName("is not there with a real node: no member devWallet")
        void isNotThereWithARealNode() {
            assertThat(json(scene.answer(scene.get("/one/x"))).has("devWallet")).isFalse();
            assertThat(scene.paywall.servesLocalPeersOnly()).isFalse();
        }
    }

    @Test
    @DisplayName("reasons are these words, each with its status")
    void reasonsAreTheseWords() {
        assertThat(java.util.Arrays.stream(Reason.values()).map(r -> r.status() + " " + r.wireName()))
                .containsExactlyInAnyOrder(
                        "402 payment-required",
                        "402 malformed",
                        "402 invalid",
                        "402 expired",
                        "402 price-too-low",
                        "402 revoked",
                        "402 used-up",
                        "402 wrong-rule",
                        "429 too-many-requests",
                        "503 payment-unconfirmed",
                        "400 bad-target",
                        "503 node-unavailable",
                        "503 ledger-unavailable",
                        "503 in-flight",
                        "503 sold-out",
                        "503 misconfigured",
                        "503 internal",
                        "429 too-many-challenges");
    }

    @Test
    @DisplayName("other refusals have the five members and Retry-After, an error page only its status")
    void otherRefusals() {
        assertProblem(Paywall.refusal(Reason.INTERNAL, "x"), 503, "internal");
        assertProblem(Paywall.refusal(Reason.MISCONFIGURED, "x"), 503, "misconfigured");
        HttpAnswer page = Paywall.errorPage(404);
        assertThat(page.status()).isEqualTo(404);
        assertNoChallenge(page);
        assertThat(members(json(page))).containsExactly("type", "status");
    }
}
