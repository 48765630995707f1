package org.lsat.invoice.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.lsat.testkit.FakeLightningAddress.CALLBACK;
import static org.lsat.testkit.FakeLightningAddress.PAY_REQUEST;
import static org.lsat.testkit.FakeLightningAddress.descriptionHash;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lsat.Decision;
import org.lsat.HttpAnswer;
import org.lsat.InvoiceException;
import org.lsat.JsonObject;
import org.lsat.Paywall;
import org.lsat.RequestFacts;
import org.lsat.config.ConfigReader;
import org.lsat.config.ConfigValues;
import org.lsat.config.Settings;
import org.lsat.config.SettingsReader;
import org.lsat.invoice.SignedInvoices;
import org.lsat.invoice.json.JsonMembers;
import org.lsat.invoice.node.NodeThreads;
import org.lsat.ledger.MemoryLedger;
import org.lsat.protocol.PaymentHash;
import org.lsat.testkit.FakeInvoice;
import org.lsat.testkit.FakeLightningAddress;
import org.lsat.testkit.FakeLightningAddress.Answer;
import org.lsat.testkit.FakeLightningAddress.Reply;

/** Over what a provider answers that it should not, no token is signed: the paywall says 503, and the log says why. */
class HostileProviderTest {

    private static final long AMOUNT = 1_000;
    private static final Duration DEADLINE = Duration.ofSeconds(3);

    private final SignedInvoices issuer = new SignedInvoices();
    private final InstantSource clock = InstantSource.system();
    private FakeLightningAddress provider;
    private AddressInvoices invoices;
    private Paywall paywall;

    @BeforeEach
    void start() throws IOException {
        provider = FakeLightningAddress.start(issuer);
        ConfigReader config = new ConfigReader(ConfigValues.of(Map.of(
                "lsat.backend", "lightning-address",
                "lsat.realm", "weather",
                "lsat.secret", "a secret of the tests that is long enough",
                "lsat.network", "regtest",
                "lsat.ledger", "memory",
                "lsat.invoice.expiry", "PT1H",
                "lsat.lightning-address", provider.address(),
                "lsat.lightning-address.deadline", DEADLINE.toString(),
                "lsat.rules.one.path", "/one",
                "lsat.rules.one.price", "1 sat")));
        Settings settings = SettingsReader.read(config, Map.of("lightning-address", false), new SecureRandom());
        AddressSettings address = AddressSettings.read(config);
        config.finish();
        invoices = AddressInvoices.open(
                address, new NodeThreads(), provider.certificate().clientTls(), clock);
        MemoryLedger ledger = new MemoryLedger(settings.ledgerCapacity(), settings.ledgerLease(), clock);
        paywall = new Paywall(settings, new Paywall.Services(invoices, ledger, clock, new SecureRandom()));
        assertThat(ask().status()).isEqualTo(402);
    }

    @AfterEach
    void stop() {
        invoices.close();
        provider.close();
    }

    private HttpAnswer ask() {
        RequestFacts request = new RequestFacts(
                "GET",
                "/one",
                "/one",
                "",
                List.of(),
                List.of(),
                null,
                null,
                null,
                "192.0.2.1",
                false,
                null,
                Set.of(),
                clock.instant());
        return paywall.challenge((Decision.PaymentNeeded) paywall.decide(request), request);
    }

    private void refused(String why) {
        HttpAnswer answer = ask();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.warning())
                .hasValueSatisfying(warning -> assertThat(warning.message()).contains(why));
    }

    static Stream<Arguments> otherInvoices() {
        return Stream.of(
                other("over another amount", terms -> terms.withAmountMsat(AMOUNT + 1), "is over another amount"),
                other("over less", terms -> terms.withAmountMsat(1), "is over another amount"),
                other("without an amount", terms -> terms.withAmountMsat(0), "is over another amount"),
                other("of another network", terms -> terms.withNetwork("bc"), "is for network bc"),
                other(
                        "expired",
                        terms -> terms.withTimestamp(Instant.now().minus(Duration.ofHours(1))),
                        "leaves less than 20 s to pay it"),
                other(
                        "made long ago, for somebody else",
                        terms -> terms.withTimestamp(Instant.now().minus(Duration.ofMinutes(2)))
                                .withExpiry(Duration.ofMinutes(45)),
                        "was made more than 60 s ago, not when it was asked for"),
                other(
                        "about to expire",
                        terms -> terms.withExpiry(Duration.ofSeconds(10)),
                        "leaves less than 20 s to pay it"),
                other(
                        "payable for ever",
                        terms -> terms.withExpiry(Duration.ofDays(365)),
                        "may be paid for longer than lsat.invoice.expiry=PT1H"),
                other(
                        "for something else",
                        terms -> terms.withDescriptionHash("00".repeat(32)),
                        "(LUD-06, description hash)"));
    }

    private static Arguments other(String name, UnaryOperator<SignedInvoices.Terms> change, String why) {
        return Arguments.of(name, change, why);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherInvoices")
    void anInvoiceThatIsAnotherIsNotSold(String name, UnaryOperator<SignedInvoices.Terms> change, String why) {
        provider.answer(CALLBACK, request -> provider.payment(issuer.invoice(AMOUNT, descriptionHash(), change)));
        refused(why);

        provider.answer(CALLBACK, null);
        assertThat(ask().status()).isEqualTo(402);
    }

    @Test
    void noInvoiceIsSoldTwice() {
        String first = issuer.invoice(AMOUNT, descriptionHash());
        provider.answer(CALLBACK, request -> provider.payment(first));
        assertThat(ask().status()).isEqualTo(402);
        refused("has the payment hash of one that it gave before");
    }

    @Test
    void noPaymentHashIsSoldTwiceInANewInvoice() {
        PaymentHash first = new PaymentHash(4, 3, 2, 1);
        provider.answer(
                CALLBACK,
                request -> provider.payment(
                        issuer.invoice(AMOUNT, descriptionHash(), terms -> terms.withPaymentHash(first))));
        assertThat(ask().status()).isEqualTo(402);
        refused("has the payment hash of one that it gave before");
    }

    @Test
    void anInvoiceThatNobodySignedIsNotSold() {
        provider.answer(CALLBACK, request -> {
            FakeInvoice unsigned = new FakeInvoice(
                    "bcrt", AMOUNT, new PaymentHash(1, 2, 3, 4), Instant.now(), Duration.ofMinutes(10), "shop");
            return provider.payment(unsigned.bolt11());
        });
        refused("no key can have made the signature");
    }

    private static String deep(int levels) {
        return "{\"pr\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
    }

    static Stream<Arguments> badAnswers() {
        return Stream.of(
                bad("no JSON", request -> Reply.of(200, "<html>"), "and no JSON object"),
                bad("an array", request -> Reply.of(200, "[]"), "and no JSON object"),
                bad("nothing", request -> Reply.of(200, ""), "and no JSON object"),
                bad("half", request -> Reply.of(200, "{\"pr\":\"lnbc"), "and no JSON object"),
                bad("no UTF-8", request -> Reply.of(200, "{\"pr\":\"\uD800\"}"), "localhost"),
                bad("deep", request -> Reply.of(200, deep(10_000)), "values are nested too deeply"),
                bad("long", request -> Reply.of(200, "x".repeat(300_000)), "longer than 262144 bytes"),
                bad(
                        "slow",
                        request -> new Reply(200, Map.of(), "{\"pr\":\"\"}", Duration.ofSeconds(20)),
                        "does not answer within lsat.lightning-address.deadline=PT3S"),
                bad("an error", request -> FakeLightningAddress.error("come\r\nlater"), "refuses (HTTP 200): come"),
                bad(
                        "a long error",
                        request -> FakeLightningAddress.error("x".repeat(10_000)),
                        "refuses (HTTP 200): " + "x".repeat(200) + "…"),
                bad("status 500", request -> Reply.of(500, "{}"), "refuses (HTTP 500)"),
                bad(
                        "an error with a status",
                        request -> Reply.of(429, "{\"status\":\"ERROR\",\"reason\":\"too fast\"}"),
                        "refuses (HTTP 429): too fast"),
                bad(
                        "a redirect",
                        request -> new Reply(302, Map.of("Location", "https://127.0.0.1/"), "", Duration.ZERO),
                        "redirects are not followed"));
    }

    private static Arguments bad(String name, Answer answer, String why) {
        return Arguments.of(name, answer, why);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badAnswers")
    void whatIsNoInvoiceIsNotSold(String name, Answer answer, String why) {
        provider.answer(CALLBACK, answer);
        long begin = System.nanoTime();
        refused(why);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(DEADLINE.multipliedBy(2));
        provider.answer(CALLBACK, null);
        assertThat(ask().status()).isEqualTo(402);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badAnswers")
    void norIsItSaidHowTheAddressIsPaid(String name, Answer answer, String why) throws Exception {
        invoices.close();
        provider.answer(PAY_REQUEST, answer);
        AddressSettings settings =
                new AddressSettings(LightningAddress.parse(provider.address()).orElseThrow(), DEADLINE, false);
        try (AddressInvoices asking = AddressInvoices.open(
                settings, new NodeThreads(), provider.certificate().clientTls(), clock)) {
            assertThat(catchThrowable(asking::check))
                    .isInstanceOf(InvoiceException.class)
                    .hasMessageContaining(name.equals("no UTF-8") ? "tag is not payRequest" : why);
        }
    }

    static Stream<Arguments> badPayRequests() {
        return Stream.of(
                Arguments.of("\"tag\":\"payRequest\"", "\"tag\":\"withdrawRequest\"", "its tag is not payRequest"),
                Arguments.of("\"callback\":\"https:", "\"callback\":\"http:", "its callback is no https: address"),
                Arguments.of("\"callback\"", "\"call\"", "its callback is no https: address"),
                Arguments.of("\"metadata\"", "\"meta\"", "it has no metadata"),
                Arguments.of("\"minSendable\":1,", "\"minSendable\":0,", "are no range"),
                Arguments.of("\"minSendable\":1,", "\"minSendable\":-5,", "are no range"),
                Arguments.of("\"minSendable\":1,", "\"minSendable\":\"1\",", "are no range"),
                Arguments.of("\"maxSendable\":100000000000", "\"maxSendable\":1e300", "are no range"),
                Arguments.of("\"maxSendable\":100000000000", "\"maxSendable\":0", "are no range"));
    }

    @ParameterizedTest
    @MethodSource("badPayRequests")
    void aPayRequestIsWholeOrNone(String part, String otherPart, String why) throws Exception {
        String body = provider.payRequest().body().replace(part, otherPart);
        assertThat(body).isNotEqualTo(provider.payRequest().body());

        assertThat(catchThrowable(() -> PayRequest.of(JsonMembers.of(body), "example.com")))
                .isInstanceOf(AddressException.class)
                .hasMessageStartingWith("example.com does not say how lsat.lightning-address is paid (LUD-06): ")
                .hasMessageContaining(why);
    }

    @Test
    void anAddressThatTheProviderDoesNotKnowIsReportedAsSuch() {
        provider.answer(PAY_REQUEST, request -> Reply.of(404, "no such user"));
        invoices.close();
        AddressSettings settings =
                new AddressSettings(LightningAddress.parse(provider.address()).orElseThrow(), DEADLINE, false);
        try (AddressInvoices asking = AddressInvoices.open(
                settings, new NodeThreads(), provider.certificate().clientTls(), clock)) {
            assertThat(catchThrowable(asking::check))
                    .hasMessageContaining("knows no " + provider.address() + "; correct lsat.lightning-address");
        }
    }

    @Test
    void aCallbackThatIsNotThereIsReportedAsSuch() {
        provider.answer(CALLBACK, request -> Reply.of(404, "no such page"));
        refused("localhost refuses (HTTP 404): ");
        provider.answer(CALLBACK, request -> FakeLightningAddress.error("wallet not found"));
        refused("localhost refuses (HTTP 200): wallet not found");
    }

    @Test
    void whatElseIsInAnAnswerDoesNotMatter() {
        provider.answer(
                CALLBACK,
                request -> Reply.of(
                        200,
                        new JsonObject()
                                        .put("pr", issuer.invoice(AMOUNT, descriptionHash()))
                                        .put("status", "OK")
                                        .put("disposable", false)
                                        .toString()
                                        .replace("}", "")
                                + ",\"routes\":[],\"successAction\":{\"tag\":\"message\",\"message\":\"thanks\"}}"));
        assertThat(ask().status()).isEqualTo(402);
    }
}
