package org.lsat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lsat.Scene.json;
import static org.lsat.Scene.values;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lsat.ledger.Charge;
import org.lsat.ledger.Ledger;
import org.lsat.ledger.LedgerUnavailableException;
import org.lsat.protocol.PaymentHash;
import org.lsat.protocol.RootKeys;
import org.lsat.protocol.Tokens;
import org.lsat.rules.Price;

@DisplayName("The decision (wire.md sections 2 and 3)")
final class PaywallTest {

    private static final Decision FREE = new Decision.Free(List.of());

    private final Scene scene = new Scene();

    @Nested
    @DisplayName("without a credential")
    final class WithoutACredential {

        @Test
        @DisplayName("a path without a rule, and one whose rule says free, are free")
        void isFree() {
            assertThat(scene.decide(scene.get("/elsewhere"))).isEqualTo(FREE);
            assertThat(scene.decide(scene.get("/pass/gratis"))).isEqualTo(FREE);
            assertThat(scene.node.calls()).isZero();
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW", "get"})
        @DisplayName("every method costs where the rule lists none")
        void everyMethodCosts(String method) {
            assertThat(scene.decide(scene.request(method, "/one/x", List.of())))
                    .isEqualTo(new Decision.PaymentNeeded(
                            scene.settings.rule("one").orElseThrow(), new Price(1500), Reason.PAYMENT_REQUIRED));
        }

        @Test
        @DisplayName("a rule that lists GET makes HEAD cost, too, and no other method")
        void getImpliesHead() {
            for (String method : List.of("GET", "HEAD", "get", "Head")) {
                assertThat(scene.decide(scene.request(method, "/get-only", List.of())))
                        .isInstanceOf(Decision.PaymentNeeded.class);
            }
            assertThat(scene.decide(scene.request("POST", "/get-only", List.of())))
                    .isEqualTo(FREE);
        }

        @Test
        @DisplayName("a preflight costs nothing and is answered with 204, and names no challenge")
        void aPreflightCostsNothing() {
            HttpAnswer answer = scene.answer(preflight("/one/x", "GET"));
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers()).containsExactly(new Header("Cache-Control", "no-store"));
            assertThat(scene.node.calls()).isZero();
        }

        @Test
        @DisplayName(
                "a preflight is ours where the method it asks for has a price, and the application's where none has")
        void aPreflightOfAFreePathIsTheApplications() {
            assertThat(scene.answer(preflight("/get-only", "GET")).status()).isEqualTo(204);
            assertThat(scene.decide(preflight("/get-only", "POST"))).isEqualTo(FREE);
            assertThat(scene.decide(preflight("/elsewhere", "GET"))).isEqualTo(FREE);
        }

        private RequestFacts preflight(String path, @Nullable String method) {
            return new RequestFacts(
                    "OPTIONS",
                    path,
                    path,
                    "",
                    List.of(),
                    List.of(),
                    null,
                    "https://page.example",
                    method == null ? null : new Preflight(method, ""),
                    "192.0.2.1",
                    false,
                    null,
                    Set.of(),
                    scene.clock.instant());
        }
    }

    @Nested
    @DisplayName("with a token")
    final class WithAToken {

        @Test
        @DisplayName("that is a pass opens, again and again, and says until when")
        void aPassOpens() {
            Scene.Bought pass = scene.buy("/pass/x");
            for (int i = 0; i < 5; i++) {
                Decision.Paid opened = scene.open("/pass/y", pass.header());
                assertThat(opened.headers())
                        .containsExactly(
                                new Header("L402-Valid-Until", "2026-01-31T00:10:00Z"),
                                new Header("Cache-Control", "private"),
                                new Header("Vary", "Authorization, Macaroon, Grpc-Metadata-Macaroon"));
                assertThat(opened.settlement().isCounted()).isFalse();
                assertThat(opened.access().usesLeft()).isEmpty();
            }
        }

        @Test
        @DisplayName("that is counted opens N times, says how many are left, and is used up")
        void aBundleOpensNTimes() throws Exception {
            Scene.Bought bundle = scene.buy("/bundle");
            for (int left = 2; left >= 0; left--) {
                Decision.Paid opened = scene.open("/bundle", bundle.header());
                assertThat(opened.headers())
                        .containsExactly(
                                new Header("L402-Uses-Left", Integer.toString(left)),
                                new Header("L402-Valid-Until", "2027-01-01T00:10:00Z"),
                                new Header("Cache-Control", "private"),
                                new Header("Vary", "Authorization, Macaroon, Grpc-Metadata-Macaroon"));
                assertThat(opened.access().usesLeft()).isEqualTo(OptionalLong.of(left));
                assertThat(opened.settlement().isCounted()).isTrue();
                opened.settlement().answered(200);
            }
            assertThat(scene.refusal("/bundle", bundle.header())).isEqualTo(Reason.USED_UP);
        }

        @Test
        @DisplayName("tells the application what was bought")
        void tellsTheApplication() {
            Scene.Bought bundle = scene.buy("/bundle");
            PaidAccess access = scene.open("/bundle", bundle.header()).access();
            assertThat(access.rule()).isEqualTo("bundle");
            assertThat(access.tokenId().uses()).isEqualTo(3);
            assertThat(access.tokenId().amountMsat()).isEqualTo(30_000);
            assertThat(access.validUntil()).isEqualTo("2027-01-01T00:10:00Z");
        }

        @Test
        @DisplayName("opens before its end and not in that second")
        void opensBeforeItsEnd() {
            Scene.Bought pass = scene.buy("/pass/x");
            scene.clock.set(Instant.parse("2026-01-31T00:09:59.999Z"));
            scene.open("/pass/x", pass.header());
            scene.clock.set(Instant.parse("2026-01-31T00:10:00Z"));
            assertThat(scene.refusal("/pass/x", pass.header())).isEqualTo(Reason.EXPIRED);
        }

        @Test
        @DisplayName("that its holder narrowed ends when the holder says, and says so")
        void aNarrowedTokenEndsEarlier() {
            Scene.Bought pass = scene.buy("/pass/x");
            String until = Long.toString(Instant.parse("2026-01-02T00:00:00Z").getEpochSecond());
            String narrowed = pass.narrowed("pass_valid_until=" + until);
            assertThat(scene.open("/pass/x", narrowed).headers())
                    .contains(new Header("L402-Valid-Until", "2026-01-02T00:00:00Z"));
            scene.clock.set(Instant.parse("2026-01-02T00:00:00Z"));
            assertThat(scene.refusal("/pass/x", narrowed)).isEqualTo(Reason.EXPIRED);
            scene.open("/pass/x", pass.header());
        }

        @Test
        @DisplayName("that its holder narrowed to GET opens for GET and HEAD only")
        void aTokenNarrowedToGet() {
            String narrowed = scene.buy("/pass/x").narrowed("pass_capabilities=GET");
            scene.open(scene.request("GET", "/pass/x", List.of(narrowed)));
            scene.open(scene.request("HEAD", "/pass/x", List.of(narrowed)));
            assertThat(scene.decide(scene.request("POST", "/pass/x", List.of(narrowed))))
                    .isEqualTo(new Decision.PaymentNeeded(
                            scene.settings.rule("pass").orElseThrow(), new Price(100_000), Reason.WRONG_RULE));
        }

        @Test
        @DisplayName("for one rule does not open another, dearer or cheaper")
        void forOneRuleDoesNotOpenAnother() {
            String pass = scene.buy("/pass/x").header();
            assertThat(scene.refusal("/one/x", pass)).isEqualTo(Reason.WRONG_RULE);
            assertThat(scene.refusal("/bundle", pass)).isEqualTo(Reason.WRONG_RULE);
        }

        @Test
        @DisplayName("keeps what was bought when the configuration changes")
        void keepsWhatWasBought() throws Exception {
            Scene.Bought bundle = scene.buy("/bundle");
            Scene dearer = new Scene(Map.of("lsat.rules.bundle.price", "900 sat", "lsat.rules.bundle.uses", "1"));
            for (int left = 2; left >= 0; left--) {
                Decision.Paid opened = dearer.open("/bundle", bundle.header());
                assertThat(opened.access().usesLeft()).hasValue(left);
                opened.settlement().answered(200);
            }
        }

        @Test
        @DisplayName("of another realm or secret is invalid, of a previous secret is good")
        void ofAnotherRealmIsInvalid() {
            String pass = scene.buy("/pass/x").header();
            String other = "another secret of the tests that is as long";
            assertThat(new Scene(Map.of("lsat.realm", "weather2")).refusal("/pass/x", pass))
                    .isEqualTo(Reason.INVALID);
            assertThat(new Scene(Map.of("lsat.secret", other)).refusal("/pass/x", pass))
                    .isEqualTo(Reason.INVALID);
            Scene rotated = new Scene(
                    Map.of("lsat.secret", other, "lsat.secret.previous", "a secret of the tests that is long enough"));
            rotated.open("/pass/x", pass);
        }

        @Test
        @DisplayName("in Macaroon or Grpc-Metadata-Macaroon opens, too")
        void inAMacaroonField() {
            Scene.Bought pass = scene.buy("/pass/x");
            byte[] paid = Tokens.narrowed(pass.macaroon(), "preimage=" + pass.preimage())
                    .bytes();
            RequestFacts facts = scene.get("/pass/x", "Basic dXNlcjpwYXNz");
            scene.open(new RequestFacts(
                    "GET",
                    "/pass/x",
                    "/pass/x",
                    "",
                    facts.authorization(),
                    List.of(HexFormat.of().formatHex(paid)),
                    null,
                    null,
                    null,
                    "192.0.2.1",
                    false,
                    null,
                    Set.of(),
                    scene.clock.instant()));
        }
    }

    @Nested
    @DisplayName("names the family of what is wrong:")
    final class Reasons {

        private final Scene.Bought pass = scene.buy("/pass/x");

        @ParameterizedTest
        @ValueSource(strings = {"L402", "LSAT x:y", "L402 AgEE:00"})
        @DisplayName("malformed")
        void malformed(String authorization) {
            assertThat(scene.refusal("/pass/x", authorization)).isEqualTo(Reason.MALFORMED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Basic dXNlcjpwYXNz", "Bearer a.b.c"})
        @DisplayName("payment-required, where there is only a credential of the application's")
        void paymentRequired(String authorization) {
            assertThat(scene.refusal("/pass/x", authorization)).isEqualTo(Reason.PAYMENT_REQUIRED);
        }

        @Test
        @DisplayName("invalid, the same answer for a wrong preimage and for a wrong signature")
        void invalid() {
            String wrongPreimage = "L402 " + pass.macaroon().base64() + ":" + "00".repeat(32);
            byte[] forged = pass.macaroon().bytes();
            forged[forged.length - 1] ^= 1;
            String wrongSignature = "L402 " + Tokens.decode(forged).base64() + ":" + pass.preimage();
            assertThat(scene.refusal("/pass/x", wrongPreimage)).isEqualTo(Reason.INVALID);
            assertThat(scene.refusal("/pass/x", wrongSignature)).isEqualTo(Reason.INVALID);
            assertThat(scene.refusal("/pass/x", pass.narrowed("preimage=" + "ff".repeat(32))))
                    .isEqualTo(Reason.INVALID);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "pass_uses=5",
                    "pass_ip=1",
                    "services=pass:0,one:0",
                    "pass_valid_until=9999999999",
                    "pass_valid_until=x"
                })
        @DisplayName("invalid, where a caveat widens or cannot be honoured")
        void invalidCaveats(String caveat) {
            assertThat(scene.refusal("/pass/x", pass.narrowed(caveat))).isEqualTo(Reason.INVALID);
        }

        @Test
        @DisplayName("of several credentials that fail, the one that came furthest")
        void theOneThatCameFurthest() throws Exception {
            Scene.Bought one = scene.buy("/one/x");
            scene.open("/one/x", one.header()).settlement().answered(200);
            assertThat(scene.refusal("/one/x", "L402 x", pass.header(), one.header()))
                    .isEqualTo(Reason.USED_UP);
            assertThat(scene.refusal("/one/x", one.header(), pass.header(), "L402 x"))
                    .isEqualTo(Reason.USED_UP);
            assertThat(scene.refusal("/one/x", "L402 x", pass.header())).isEqualTo(Reason.WRONG_RULE);
        }

        @Test
        @DisplayName("in the body of a 402 that has a fresh challenge")
        void inTheBody() {
            HttpAnswer answer = scene.answer(scene.get("/one/x", pass.header()));
            assertThat(answer.status()).isEqualTo(402);
            assertThat(json(answer).required("type").asText()).isEqualTo("urn:lsat:wrong-rule");
            assertThat(values(answer, "WWW-Authenticate")).hasSize(2);
        }
    }

    @Nested
    @DisplayName("with several credentials")
    final class SeveralCredentials {

        @Test
        @DisplayName("charges the first that opens, and not the others")
        void chargesTheFirstThatOpens() throws Exception {
            Scene.Bought first = scene.buy("/bundle");
            Scene.Bought second = scene.buy("/bundle");
            Scene.Bought pass = scene.buy("/pass/x");
            Decision.Paid opened =
                    scene.open("/bundle", "L402 x", pass.header(), first.header() + ", " + second.header());
            assertThat(opened.access().usesLeft()).hasValue(2);
            opened.settlement().answered(200);
            assertThat(scene.open("/bundle", second.header()).access().usesLeft())
                    .hasValue(2);
            assertThat(scene.open("/bundle", first.header()).access().usesLeft())
                    .hasValue(1);
        }

        @Test
        @DisplayName("goes on to the next where one is used up or in flight")
        void goesOnToTheNext() {
            Scene.Bought first = scene.buy("/one/x");
            Scene.Bought second = scene.buy("/one/x");
            scene.open("/one/x", first.header());
            Decision.Paid opened = scene.open("/one/x", first.header(), second.header());
            assertThat(opened.access().tokenId())
                    .isEqualTo(org.lsat.protocol.Identifier.ofGenuine(second.macaroon())
                            .tokenId());
        }

        @Test
        @DisplayName("503 wins over 402, wherever it stands")
        void inFlightWinsOverPaymentNeeded() {
            Scene.Bought one = scene.buy("/one/x");
            Scene.Bought pass = scene.buy("/pass/x");
            scene.open("/one/x", one.header());
            for (List<String> order :
                    List.of(List.of(one.header(), pass.header()), List.of(pass.header(), one.header()))) {
                HttpAnswer answer = scene.answer(scene.request("GET", "/one/x", order));
                assertThat(answer.status()).isEqualTo(503);
                assertThat(json(answer).required("reason").asText()).isEqualTo("in-flight");
                assertThat(values(answer, "Retry-After")).containsExactly("1");
                assertThat(values(answer, "WWW-Authenticate")).isEmpty();
            }
        }
    }

    @Nested
    @DisplayName("counts a use")
    final class CountsAUse {

        @ParameterizedTest
        @ValueSource(ints = {100, 200, 204, 206, 301, 304, 399})
        @DisplayName("that was answered below 400")
        void below400(int status) throws Exception {
            Scene.Bought one = scene.buy("/one/x");
            scene.open("/one/x", one.header()).settlement().answered(status);
            assertThat(scene.refusal("/one/x", one.header())).isEqualTo(Reason.USED_UP);
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 404, 499, 500, 503, 599})
        @DisplayName("and gives it back for any other status")
        void givesItBack(int status) throws Exception {
            Scene.Bought one = scene.buy("/one/x");
            scene.open("/one/x", one.header()).settlement().answered(status);
            scene.open("/one/x", one.header()).settlement().giveBack();
            scene.open("/one/x", one.header());
        }

        @Test
        @DisplayName("exactly once, whoever settles it and however often")
        void exactlyOnce() throws Exception {
            Scene.Bought bundle = scene.buy("/bundle");
            Settlement first = scene.open("/bundle", bundle.header()).settlement();
            first.answered(200);
            first.answered(200);
            first.giveBack();
            first.answered(500);
            assertThat(scene.open("/bundle", bundle.header()).access().usesLeft())
                    .hasValue(1);
        }

        @Test
        @DisplayName("of the payment: copies and narrowed copies share it")
        void ofThePayment() throws Exception {
            Scene.Bought bundle = scene.buy("/bundle");
            scene.open("/bundle", bundle.header()).settlement().answered(200);
            assertThat(scene.open("/bundle", bundle.narrowed("bundle_uses=2"))
                            .access()
                            .usesLeft())
                    .hasValue(0);
            assertThat(scene.refusal("/bundle", bundle.narrowed("bundle_uses=1")))
                    .isEqualTo(Reason.USED_UP);
            assertThat(scene.refusal("/bundle", bundle.narrowed("bundle_uses=0")))
                    .isEqualTo(Reason.USED_UP);
        }

        @Test
        @DisplayName("of the payment: a second macaroon over the same invoice shares it")
        void ofTwoMacaroonsOfOnePayment() throws Exception {
            Scene.Bought bundle = scene.buy("/bundle");
            PaymentHash payment =
                    org.lsat.protocol.Identifier.ofGenuine(bundle.macaroon()).paymentHash();
            RootKeys.Purchase purchase = new RootKeys.Purchase("bundle", 3, 30_000);
            Scene.Bought twin = new Scene.Bought(
                    scene.settings.keys().mint(payment, purchase, 1_800_000_000, new Random(402)), bundle.preimage());
            scene.open("/bundle", bundle.header()).settlement().answered(200);
            scene.open("/bundle", twin.header()).settlement().answered(200);
            assertThat(scene.open("/bundle", bundle.header()).access().usesLeft())
                    .hasValue(0);
            String both =
                    "L402 " + bundle.macaroon().base64() + "," + twin.macaroon().base64() + ":" + bundle.preimage();
            assertThat(scene.answer(scene.get("/bundle", both)).status()).isEqualTo(503);
        }

        @Test
        @DisplayName("also on a thread that was left interrupted")
        void onAnInterruptedThread() {
            Scene.Bought bundle = scene.buy("/bundle");
            Thread.currentThread().interrupt();
            try {
                scene.open("/bundle", bundle.header());
            } finally {
                assertThat(Thread.interrupted()).as("it still is").isTrue();
            }
        }

        @Test
        @DisplayName("that takes longer than half the lease, before its lease lapses and it could be sold again")
        void thatTakesTooLong() throws Exception {
            Scene.Bought one = scene.buy("/one/x");
            Scene.Bought other = scene.buy("/bundle");
            Settlement slow = scene.open("/one/x", one.header()).settlement();
            scene.clock.advance(Duration.ofSeconds(60));
            assertThat(scene.answer(scene.get("/one/x", one.header())).status())
                    .as("half the lease")
                    .isEqualTo(503);
            scene.clock.advance(Duration.ofSeconds(16));
            scene.open("/bundle", other.header());
            slow.answered(500);
            assertThat(scene.refusal("/one/x", one.header())).isEqualTo(Reason.USED_UP);
        }

        @Test
        @DisplayName("that takes longer than half the lease, also where nobody charges here, but elsewhere")
        void thatTakesTooLongForOthers() throws Exception {
            Scene.Bought one = scene.buy("/one/x");
            Settlement slow = scene.open("/one/x", one.header()).settlement();
            scene.clock.advance(Duration.ofSeconds(61));
            scene.paywall.settleOverdue();
            slow.answered(500);
            assertThat(scene.refusal("/one/x", one.header())).isEqualTo(Reason.USED_UP);
        }

        @Test
        @DisplayName("that began after the clock was set back, too")
        void thatBeganAfterTheClockWasSetBack() {
            scene.open("/bundle", scene.buy("/bundle").header());
            scene.clock.advance(Duration.ofHours(-1));
            Scene.Bought one = scene.buy("/one/x");
            scene.open("/one/x", one.header());
            scene.clock.advance(Duration.ofSeconds(121));
            assertThat(scene.refusal("/one/x", one.header())).isEqualTo(Reason.USED_UP);
        }

        @Test
        @DisplayName("that nobody settles until its lease is long over, and does not sell it again")
        void thatNobodySettles() {
            Scene.Bought one = scene.buy("/one/x");
            scene.open("/one/x", one.header());
            scene.clock.advance(Duration.ofMinutes(30));
            assertThat(scene.refusal("/one/x", one.header())).isEqualTo(Reason.USED_UP);
        }
    }

    @Test
    @DisplayName("takes a welcome file for the directory that was asked for")
    void aWelcomeFile() {
        assertThat(scene.decide(at("/bundle/index.html", "/app/bundle/"))).isInstanceOf(Decision.PaymentNeeded.class);
        assertThat(scene.decide(at("/bundle/index.html", "/app/bundle/index.html")))
                .isInstanceOf(Decision.Free.class);
        assertThat(scene.decide(at("/bundle/home/index.html", "/app/bundle/")))
                .isInstanceOf(Decision.PaymentNeeded.class);
        assertThat(scene.decide(at("/bundle/home/index.html", "/app/bundle/home/")))
                .isInstanceOf(Decision.Free.class);
        assertThat(scene.decide(at("/index.html", "/app/"))).isInstanceOf(Decision.Free.class);
        assertThat(scene.decide(at("/pass/index.html", "/app/pass/"))).isInstanceOf(Decision.PaymentNeeded.class);
    }

    @Test
    @DisplayName("takes a welcome file for the directory, too, where a session's id follows it")
    void aWelcomeFileOfASession() {
        RequestFacts request = at("/bundle/index.html", "/app/bundle/;jsessionid=1");
        assertThat(new Scene(Map.of("lsat.paths.allow", "jsessionid")).decide(request))
                .isInstanceOf(Decision.PaymentNeeded.class);
        assertThat(scene.decide(request)).isEqualTo(new Decision.Refused(Answers.BAD_TARGET));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "/p%61ss/x",
                "/p%2561ss/x",
                "/pass%2Fx",
                "/pass;a=b/x",
                "/;a=b/pass/x",
                "/free/%2e%2e/pass/x",
                "/%5cpass%5cx",
                "/free;/..;a=b//pass/./x"
            })
    @DisplayName("prices a dispatched path that the container did not decode by what a lenient servlet takes it for")
    void anUndecodedDispatch(String path) {
        assertThat(scene.paywall.decideDispatched(at(path, "/app/go"))).isInstanceOf(Decision.PaymentNeeded.class);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/fr%65e", "/free;a=b", "/free/100%", "/free/%zz", "/pa+ss;a=b/x"})
    @DisplayName("leaves a dispatched path free that nobody takes for a priced one")
    void anUndecodedFreeDispatch(String path) {
        assertThat(scene.paywall.decideDispatched(at(path, "/app/go"))).isInstanceOf(Decision.Free.class);
    }

    private RequestFacts at(String path, String uri) {
        return new RequestFacts(
                "GET",
                path,
                uri,
                "/app",
                List.of(),
                List.of(),
                null,
                null,
                null,
                "192.0.2.1",
                true,
                null,
                Set.of(),
                scene.clock.instant());
    }

    @Test
    @DisplayName("limits invoices that nobody pays, not sales: the first use gives the permit back, a pass does not")
    void theFirstUseGivesThePermitBack() {
        Scene limited = new Scene(Map.of("lsat.challenges.per-client", "2/PT1H"));
        for (int i = 0; i < 10; i++) {
            Scene.Bought bundle = limited.buy("/bundle");
            limited.open("/bundle", bundle.header());
            limited.open("/bundle", bundle.header());
        }
        limited.open("/pass/x", limited.buy("/pass/x").header());
        limited.open("/pass/x", limited.buy("/pass/x").header());
        assertThat(limited.answer(limited.get("/pass/x")).status()).isEqualTo(429);
    }

    @Nested
    @DisplayName("when the ledger is unavailable")
    final class LedgerGone {

        private final Switch gone = new Switch();
        private final Scene cut = new Scene(Map.of(), gone::around);

        @Test
        @DisplayName("refuses counted tokens with 503, lets passes in, and sells")
        void refusesCountedTokens() {
            Scene.Bought bundle = cut.buy("/bundle");
            Scene.Bought pass = cut.buy("/pass/x");
            gone.off = true;
            HttpAnswer answer = cut.answer(cut.get("/bundle", bundle.header()));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(json(answer).required("reason").asText()).isEqualTo("ledger-unavailable");
            assertThat(values(answer, "Retry-After")).hasSize(1);
            assertThat(values(answer, "WWW-Authenticate")).isEmpty();
            assertThat(answer.warning()).isPresent();
            cut.open("/pass/x", pass.header());
            cut.buy("/pass/x");
            gone.off = false;
            cut.open("/bundle", bundle.header());
        }

        @Test
        @Timeout(20)
        @DisplayName("refuses soon where it hangs, also whoever would wait for one who settles what takes long")
        void keepsNobodyWhereItHangs() throws Exception {
            Scene.Bought slow = cut.buy("/bundle");
            Scene.Bought bundle = cut.buy("/bundle");
            cut.open("/bundle", slow.header());
            cut.clock.advance(Duration.ofSeconds(61));
            CountDownLatch end = new CountDownLatch(1);
            gone.hang = end;
            Thread looks = new Thread(cut.paywall::settleOverdue);
            looks.start();
            gone.hanging.acquire();

            assertThat(cut.answer(cut.get("/bundle", bundle.header())).status()).isEqualTo(503);
            end.countDown();
            looks.join();
            cut.open("/bundle", bundle.header());
        }
    }

    /** A ledger that can be cut off. */
    private static final class Switch {
        private final Semaphore hanging = new Semaphore(0);
        private boolean off;

        /** Where there is one, whoever comes stays until it is open. */
        private volatile @Nullable CountDownLatch hang;

        Ledger around(Ledger real) {
            return new Ledger() {
                @Override
                public Charge charge(PaymentHash payment, long units, long bought, long limit, Instant expiresAt)
                        throws LedgerUnavailableException {
                    check();
                    return real.charge(payment, units, bought, limit, expiresAt);
                }

                @Override
                public void settle(Charge charge, long cost, long givenBack) throws LedgerUnavailableException {
                    check();
                    real.settle(charge, cost, givenBack);
                }

                @Override
                public long used(PaymentHash payment) throws LedgerUnavailableException {
                    check();
                    return real.used(payment);
                }

                @Override
                public boolean isNearlyFull() throws LedgerUnavailableException {
                    check();
                    return real.isNearlyFull();
                }
            };
        }

        private void check() throws LedgerUnavailableException {
            CountDownLatch open = hang;
            if (open != null) {
                hanging.release();
                try {
                    open.await();
                } catch (InterruptedException e) {
                    throw new LedgerUnavailableException("interrupted", e);
                }
            }
            if (off) {
                throw new LedgerUnavailableException("cut off", new IllegalStateException());
            }
        }
    }
}
