package org.lsat.invoice.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lsat.testkit.FakeLightningAddress.CALLBACK;
import static org.lsat.testkit.FakeLightningAddress.PAY_REQUEST;
import static org.lsat.testkit.FakeLightningAddress.VERIFY;
import static org.lsat.testkit.FakeLightningAddress.descriptionHash;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lsat.Invoice;
import org.lsat.InvoiceException;
import org.lsat.InvoiceRequest;
import org.lsat.JsonObject;
import org.lsat.invoice.SignedInvoices;
import org.lsat.invoice.node.NodeThreads;
import org.lsat.protocol.Bolt11;
import org.lsat.protocol.PaymentHash;
import org.lsat.testkit.FakeLightningAddress;
import org.lsat.testkit.FakeLightningAddress.Reply;
import org.lsat.testkit.SettableClock;

/** A provider that fails in one thing, and not in others; and what it says too early. */
class ProviderFaultsTest {

    private static final InvoiceRequest REQUEST = new InvoiceRequest(10_000, "weather forecast", Duration.ofDays(1));

    private final SignedInvoices issuer = new SignedInvoices();
    private FakeLightningAddress provider;
    private AddressInvoices invoices;

    @BeforeEach
    void start() throws IOException {
        provider = FakeLightningAddress.start(issuer);
        invoices = open();
    }

    @AfterEach
    void stop() {
        invoices.close();
        provider.close();
    }

    private AddressInvoices open() {
        return open(InstantSource.system());
    }

    private AddressInvoices open(InstantSource clock) {
        AddressSettings settings = new AddressSettings(
                LightningAddress.parse(provider.address()).orElseThrow(), Duration.ofSeconds(2), true);
        return AddressInvoices.open(
                settings, new NodeThreads(), provider.certificate().clientTls(), clock);
    }

    /** Addresses with something of that one invoice beside the hash. */
    private void answerWithAddressesThatDiffer() {
        provider.answer(CALLBACK, request -> {
            String pr = issuer.invoice(10_000, descriptionHash());
            String hash = Bolt11.parse(pr).paymentHash().hex();
            return Reply.of(
                    200,
                    new JsonObject()
                            .put("pr", pr)
                            .put("verify", provider.root() + VERIFY + hash + "?sig=" + hash.hashCode())
                            .toString());
        });
        provider.answer(VERIFY, request -> {
            String hash = request.getPath().substring(VERIFY.length());
            return String.valueOf(request.getQuery()).equals("sig=" + hash.hashCode())
                    ? Reply.of(
                            200,
                            new JsonObject()
                                    .put("settled", issuer.isSettled(PaymentHash.ofHex(hash)))
                                    .toString())
                    : Reply.of(404, "{\"status\":\"ERROR\",\"reason\":\"Not found\"}");
        });
    }

    @Test
    void whoPaidIsAskedAboutWhereTheProviderSaidAlsoAfterAnotherInvoice() throws Exception {
        answerWithAddressesThatDiffer();
        Invoice paid = invoices.create(REQUEST);
        issuer.pay(paid.paymentHash());
        assertThat(invoices.isSettled(paid.paymentHash())).isTrue();
        invoices.create(REQUEST);

        assertThat(invoices.isSettled(paid.paymentHash())).isTrue();
    }

    /** A no would send a new bill to who has paid. */
    @Test
    void ofAPaymentOfBeforeARestartWhoseAddressIsForgottenNothingIsSaid() throws Exception {
        answerWithAddressesThatDiffer();
        Invoice paid = invoices.create(REQUEST);
        issuer.pay(paid.paymentHash());
        invoices.close();
        invoices = open();

        assertThatThrownBy(() -> invoices.isSettled(paid.paymentHash()))
                .hasMessageContaining("another server sold it, or this one before the last restart or too long ago");
    }

    @Test
    void whileTheProviderMakesNoInvoicesWhoHasPaidIsStillTold() throws Exception {
        Invoice paid = invoices.create(REQUEST);
        issuer.pay(paid.paymentHash());
        provider.answer(CALLBACK, request -> Reply.of(429, "{\"status\":\"ERROR\",\"reason\":\"too fast\"}"));
        for (int i = 0; i < 6; i++) {
            assertThatThrownBy(() -> invoices.create(REQUEST)).hasMessageContaining("too fast");
        }

        assertThat(invoices.isSettled(paid.paymentHash())).isTrue();
    }

    @Test
    void whileTheProviderTellsNoSettlementItStillSells() throws Exception {
        Invoice invoice = invoices.create(REQUEST);
        provider.answer(VERIFY, request -> Reply.of(500, ""));
        for (int i = 0; i < 6; i++) {
            assertThatThrownBy(() -> invoices.isSettled(invoice.paymentHash())).hasMessageContaining("HTTP 500");
        }

        assertThat(invoices.create(REQUEST)).isNotNull();
    }

    static Stream<Arguments> callbacksThatMoved() {
        return Stream.of(
                moved("says so", Reply.of(410, "{\"status\":\"ERROR\",\"reason\":\"session expired\"}")),
                moved("is not there", Reply.of(404, "<html>")),
                moved("is a redirect", Reply.of(308, "")),
                moved("fails", Reply.of(502, "")),
                moved("is silent", new Reply(200, Map.of(), "{}", Duration.ofSeconds(20))));
    }

    private static Arguments moved(String name, Reply reply) {
        return Arguments.of(name, reply);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("callbacksThatMoved")
    void whereInvoicesAreMadeIsAskedAnewWhenTheOldPlace(String name, Reply reply) throws Exception {
        invoices.create(REQUEST);
        provider.answer(
                PAY_REQUEST,
                request -> Reply.of(200, provider.payRequest().body().replace(CALLBACK, "/moved")));
        provider.answer("/moved", request -> provider.payment(issuer.invoice(10_000, descriptionHash())));
        provider.answer(CALLBACK, request -> reply);
        assertThatThrownBy(() -> invoices.create(REQUEST)).hasMessageContaining("localhost");

        // What is silent ends a moment after its caller has gone.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
        while (true) {
            try {
                assertThat(invoices.create(REQUEST)).isNotNull();
                return;
            } catch (InvoiceException e) {
                assertThat(System.nanoTime()).as(e::getMessage).isLessThan(end);
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    @Test
    void whatAnAddressTakesIsAskedAnewOnceASecondWhileAPriceIsNotWithinIt() throws Exception {
        SettableClock clock = new SettableClock(Instant.now());
        invoices.check();
        invoices.close();
        provider.answer(
                PAY_REQUEST,
                request -> Reply.of(
                        200, provider.payRequest().body().replace("\"minSendable\":1,", "\"minSendable\":20000,")));
        int before = provider.requests(PAY_REQUEST);
        invoices = open(clock);
        for (int second = 1; second < 4; second++) {
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> invoices.create(REQUEST)).hasMessageContaining("change the price");
            }
            assertThat(provider.requests(PAY_REQUEST) - before).isEqualTo(1 + second);
            clock.advance(Duration.ofSeconds(1));
        }
        provider.answer(PAY_REQUEST, null);
        assertThatThrownBy(() -> invoices.create(REQUEST)).hasMessageContaining("change the price");
        assertThat(invoices.create(REQUEST)).isNotNull();
    }

    /** A provider that failed five times in a row is left alone (docs/no-node.md), also by those who ask how it is. */
    @Test
    void whoAsksHowItIsDoesNotHaveADeadCallbackAskedMore() throws Exception {
        invoices.create(REQUEST);
        provider.answer(CALLBACK, request -> Reply.of(500, "{}"));
        int before = provider.requests(CALLBACK);
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> invoices.create(REQUEST)).hasMessageContaining("HTTP 500");
        }
        invoices.check();
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> invoices.create(REQUEST)).hasMessageContaining("HTTP 500");
        }

        assertThat(provider.requests(CALLBACK)).isEqualTo(before + 5);
    }

    @Test
    void whileNoInvoicesAreAskedForTheCheckSaysWhy() throws Exception {
        provider.answer(CALLBACK, request -> Reply.of(500, "{}"));
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> invoices.create(REQUEST)).hasMessageContaining("HTTP 500");
        }

        assertThatThrownBy(() -> invoices.check()).hasMessageContaining("HTTP 500");
    }

    /** As many a wallet does that takes whole satoshi only. */
    @Test
    void anAmountThatTheProviderRefusesStopsNoOther() throws Exception {
        provider.answer(
                CALLBACK,
                request -> request.getQuery().contains("amount=1500")
                        ? FakeLightningAddress.error("amount must be a whole number of satoshi")
                        : provider.payment(issuer.invoice(10_000, descriptionHash())));
        for (int i = 0; i < 6; i++) {
            assertThatThrownBy(() -> invoices.create(new InvoiceRequest(1_500, "", Duration.ofDays(1))))
                    .hasMessageContaining("whole number");
        }

        assertThat(invoices.create(REQUEST)).isNotNull();
    }

    /** What was given before is not remembered; the invoice's time is in whole seconds. */
    @Test
    void anInvoiceOfBeforeARestartOrOfTheSameSecondIsNotTaken() throws Exception {
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        SettableClock clock = new SettableClock(start);
        String given = madeAt(start.plusSeconds(1));
        provider.answer(CALLBACK, request -> provider.payment(given));
        invoices.close();
        invoices = open(clock);
        clock.advance(Duration.ofMillis(1_250));
        assertThat(invoices.create(REQUEST).bolt11()).isEqualTo(given);
        clock.advance(Duration.ofMillis(500));
        invoices.close();
        invoices = open(clock);

        assertThatThrownBy(() -> invoices.create(REQUEST))
                .hasMessageContaining("was made before we started")
                .hasMessageContaining("compare the clocks");
        provider.answer(CALLBACK, request -> provider.payment(madeAt(start.plusSeconds(2))));
        assertThat(invoices.create(REQUEST)).isNotNull();
    }

    private String madeAt(Instant time) throws Exception {
        return issuer.invoice(10_000, descriptionHash(), terms -> terms.withTimestamp(time));
    }

    /** One line a minute says that the clocks differ, and not one for each invoice. */
    @Test
    void anInvoiceOfMoreThanAMinuteAgoIsNotTakenAndTheWordsAreTheSameForEach() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        SettableClock clock = new SettableClock(now.minus(Duration.ofHours(1)));
        invoices.close();
        invoices = open(clock);
        clock.set(now);
        for (int seconds = 61; seconds < 64; seconds++) {
            String old = madeAt(now.minusSeconds(seconds));
            provider.answer(CALLBACK, request -> provider.payment(old));
            assertThatThrownBy(() -> invoices.create(REQUEST))
                    .hasMessageEndingWith(
                            " was made more than 60 s ago, not when it was asked for; compare the clocks");
        }
        String early = madeAt(now.plusSeconds(61));
        provider.answer(CALLBACK, request -> provider.payment(early));
        assertThatThrownBy(() -> invoices.create(REQUEST)).hasMessageContaining("more than 60 s from now");
        String lastMinutes = madeAt(now.minusSeconds(60));
        provider.answer(CALLBACK, request -> provider.payment(lastMinutes));
        assertThat(invoices.create(REQUEST)).isNotNull();
    }

    /** Nobody pays the invoice that it is learnt from. */
    @Test
    void whoPaidBeforeARestartIsToldWhereTheProvidersClockIsBehind() throws Exception {
        Invoice paid = invoices.create(REQUEST);
        issuer.pay(paid.paymentHash());
        provider.answer(
                CALLBACK, request -> provider.payment(madeAt(Instant.now().minus(Duration.ofMinutes(2)))));
        invoices.close();
        invoices = open();

        assertThat(invoices.isSettled(paid.paymentHash())).isTrue();
    }

    /** "That it was made within the last minute" (docs/no-node.md). */
    @Test
    void anInvoiceThatWillBeMadeInAYearIsNotTakenAndNotOnceMoreAfterARestart() throws Exception {
        String early = issuer.invoice(
                10_000,
                descriptionHash(),
                terms -> terms.withTimestamp(Instant.now().plus(Duration.ofDays(365))));
        provider.answer(CALLBACK, request -> provider.payment(early));
        int taken = 0;
        for (int start = 0; start < 3; start++) {
            try {
                invoices.create(REQUEST);
                taken++;
            } catch (InvoiceException e) {
                // As it should.
            }
            invoices.close();
            invoices = open();
        }
        assertThat(taken).isZero();
    }

    @Test
    void whetherAPaymentHasArrivedIsToldWithinTheDeadline() throws Exception {
        Invoice paid = invoices.create(REQUEST);
        issuer.pay(paid.paymentHash());
        invoices.close();
        invoices = open();
        invoices.check();
        provider.answer(CALLBACK, request -> {
            TimeUnit.MILLISECONDS.sleep(1_700);
            return provider.payment(issuer.invoice(1, descriptionHash()));
        });
        provider.answer(VERIFY, request -> {
            TimeUnit.MILLISECONDS.sleep(1_700);
            return Reply.of(200, "{\"settled\":true}");
        });
        long begin = System.nanoTime();
        assertThatThrownBy(() -> invoices.isSettled(paid.paymentHash())).hasMessageContaining("does not answer within");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(2_500));
    }
}
