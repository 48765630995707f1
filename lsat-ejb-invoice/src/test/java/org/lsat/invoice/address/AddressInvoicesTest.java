package org.lsat.invoice.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lsat.testkit.FakeLightningAddress.CALLBACK;
import static org.lsat.testkit.FakeLightningAddress.PAY_REQUEST;
import static org.lsat.testkit.FakeLightningAddress.VERIFY;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lsat.Invoice;
import org.lsat.InvoiceException;
import org.lsat.InvoiceRequest;
import org.lsat.InvoiceSource;
import org.lsat.JsonObject;
import org.lsat.invoice.SignedInvoices;
import org.lsat.invoice.node.NodeThreads;
import org.lsat.protocol.Bolt11;
import org.lsat.protocol.PaymentHash;
import org.lsat.protocol.Preimage;
import org.lsat.testkit.FakeCertificate;
import org.lsat.testkit.FakeLightningAddress;
import org.lsat.testkit.FakeLightningAddress.Reply;
import org.lsat.testkit.InvoiceSourceContract;

class AddressInvoicesTest extends InvoiceSourceContract {

    private static final InvoiceRequest REQUEST = new InvoiceRequest(10_000, "weather forecast", Duration.ofDays(1));
    private static final PaymentHash NOBODYS = new PaymentHash(1, 2, 3, 4);

    private final SignedInvoices issuer = new SignedInvoices();
    private FakeLightningAddress provider;
    private AddressInvoices invoices;

    @BeforeEach
    void start() throws IOException {
        provider = FakeLightningAddress.start(issuer);
        invoices = open(true);
    }

    @AfterEach
    void stop() {
        invoices.close();
        provider.close();
    }

    private AddressInvoices open(boolean strict) {
        return open(strict, provider.certificate());
    }

    private AddressInvoices open(boolean strict, FakeCertificate trusted) {
        AddressSettings settings = new AddressSettings(
                LightningAddress.parse(provider.address()).orElseThrow(), Duration.ofSeconds(2), strict);
        return AddressInvoices.open(settings, new NodeThreads(), trusted.clientTls(), InstantSource.system());
    }

    @Override
    protected InvoiceSource source() {
        return invoices;
    }

    @Override
    protected String network() {
        return "bcrt";
    }

    @Override
    protected Instant now() {
        return Instant.now();
    }

    @Override
    protected boolean decidesMemoAndTime() {
        return false;
    }

    @Override
    protected Preimage pay(Invoice invoice) {
        return issuer.pay(invoice.paymentHash());
    }

    private InvoiceException refused() {
        try {
            throw new AssertionError("not refused: " + invoices.create(REQUEST));
        } catch (InvoiceException e) {
            return e;
        }
    }

    private InvoiceException notTold(PaymentHash payment) {
        try {
            throw new AssertionError("told: " + invoices.isSettled(payment));
        } catch (InvoiceException e) {
            return e;
        }
    }

    @Test
    void howTheAddressIsPaidIsAskedOnceAndWhatIsSaidAboutAPaymentIsCutToWhatTheProviderTakes() throws Exception {
        for (int i = 0; i < 5; i++) {
            invoices.create(REQUEST);
        }
        invoices.create(new InvoiceRequest(1_000, "ж & ☕ with a long text behind", Duration.ofDays(1)));

        assertThat(provider.requests(PAY_REQUEST)).isEqualTo(1);
        assertThat(provider.requests(CALLBACK)).isEqualTo(6);
        assertThat(provider.requests().get(1).getQuery()).isEqualTo("amount=10000&comment=weather forecast");
        assertThat(provider.requests().get(6).getQuery()).isEqualTo("amount=1000&comment=ж & ☕ with a long te");
    }

    @Test
    void aCallbackMayHaveAQueryOfItsOwn() throws Exception {
        provider.answer(
                PAY_REQUEST,
                request -> Reply.of(200, provider.payRequest().body().replace(CALLBACK, CALLBACK + "?id=7")));
        invoices.create(REQUEST);

        assertThat(provider.requests().get(provider.requests().size() - 1).getQuery())
                .startsWith("id=7&amount=10000");
    }

    @Test
    void aProviderThatIsGoneIsReportedAndFoundAgain() throws Exception {
        invoices.create(REQUEST);
        provider.stop();
        assertThat(refused()).hasMessageContaining("localhost cannot be reached (");
        assertThat(refused().retryAfter()).isEqualTo(Duration.ofSeconds(5));

        provider.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (true) {
            try {
                invoices.create(REQUEST);
                return;
            } catch (InvoiceException e) {
                assertThat(System.nanoTime()).isLessThan(end);
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    @Test
    void whoDoesNotProveToBeTheProviderIsNotAsked() throws IOException {
        // The first one may be asked still, by those whom it proved itself to.
        invoices.close();
        provider.close();
        provider = FakeLightningAddress.start(issuer);
        invoices = open(true, FakeCertificate.of("localhost"));

        assertThat(refused()).hasMessageContaining("whoever answers as localhost does not prove to be it");
        assertThat(provider.requests()).isEmpty();
    }

    @Test
    void whatComesTooLateIsForTheNextWhoAsksForTheSame() throws Exception {
        invoices.create(REQUEST);
        provider.answer(CALLBACK, request -> {
            TimeUnit.MILLISECONDS.sleep(1_500);
            return provider.payment(issuer.invoice(10_000, FakeLightningAddress.descriptionHash()));
        });
        provider.answer(PAY_REQUEST, request -> {
            TimeUnit.MILLISECONDS.sleep(1_000);
            return provider.payRequest();
        });
        invoices.close();
        invoices = open(false);
        assertThat(refused())
                .hasMessageContaining("localhost:")
                .hasMessageContaining("does not answer within lsat.lightning-address.deadline=PT2S");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (invoices.unclaimed() == 0 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        int made = provider.requests(CALLBACK);

        assertThat(invoices.create(REQUEST)).isNotNull();
        assertThat(provider.requests(CALLBACK)).isEqualTo(made);
    }

    @Test
    void metadataThatChangedAreAskedForAgainAfterTheFirstInvoiceThatDoesNotFit() throws Exception {
        invoices.create(REQUEST);
        String other = FakeLightningAddress.METADATA.replace("a shop", "another");
        String changed = provider.payRequest().body().replace("a shop", "another");
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(other.getBytes(StandardCharsets.UTF_8)));
        provider.answer(PAY_REQUEST, request -> Reply.of(200, changed));
        provider.answer(CALLBACK, request -> provider.payment(issuer.invoice(10_000, hash)));

        assertThat(refused()).hasMessageContaining("description hash");
        assertThat(invoices.create(REQUEST)).isNotNull();
    }

    @Test
    void aPriceThatTheProviderDoesNotTakeIsReportedAndStopsNoOther() throws Exception {
        provider.answer(
                PAY_REQUEST,
                request -> Reply.of(
                        200, provider.payRequest().body().replace("\"minSendable\":1,", "\"minSendable\":20000,")));
        for (int i = 0; i < 20; i++) {
            assertThat(refused())
                    .hasMessage(provider.address() + " takes 20000 to 100000000000 msat, and a rule's price is 10000"
                            + " msat; change the price");
        }
        assertThat(invoices.create(new InvoiceRequest(20_000, "", Duration.ofDays(1))))
                .isNotNull();
        assertThat(provider.requests(CALLBACK)).isEqualTo(1);
    }

    @Test
    void aPaymentOfBeforeARestartIsAskedAboutWhereTheAddressNamesItsHash() throws Exception {
        Invoice invoice = invoices.create(REQUEST);
        pay(invoice);
        invoices.close();
        invoices = open(true);

        assertThat(invoices.isSettled(invoice.paymentHash())).isTrue();
        assertThat(invoices.isSettled(NOBODYS)).isFalse();
        assertThat(provider.requests(CALLBACK)).isEqualTo(2);
    }

    @Test
    void whereItDoesNotTheAnswerAfterARestartIsThatItCannotBeTold() throws Exception {
        provider.answer(CALLBACK, request -> {
            String pr = issuer.invoice(10_000, FakeLightningAddress.descriptionHash());
            return Reply.of(
                    200,
                    new JsonObject()
                            .put("pr", pr)
                            .put("verify", provider.root() + "/other/" + provider.requests(CALLBACK))
                            .toString());
        });
        provider.answer("/other/", request -> Reply.of(200, "{\"status\":\"OK\",\"settled\":true}"));
        Invoice invoice = invoices.create(REQUEST);
        assertThat(invoices.isSettled(invoice.paymentHash())).isTrue();
        invoices.close();
        invoices = open(true);

        int before = provider.requests(CALLBACK);
        for (int i = 0; i < 3; i++) {
            assertThat(notTold(invoice.paymentHash())).hasMessageContaining("which is not remembered here");
        }
        assertThat(provider.requests(CALLBACK))
                .as("invoices to learn that from")
                .isEqualTo(before + 1);
    }

    @Test
    void aSettlementThatIsAnotherPaymentsIsNone() throws Exception {
        Invoice invoice = invoices.create(REQUEST);
        String other = issuer.invoice(10_000, FakeLightningAddress.descriptionHash());
        for (String lie : List.of(
                new JsonObject().put("settled", true).put("pr", other).toString(),
                new JsonObject().put("settled", true).put("pr", "no invoice").toString(),
                new JsonObject()
                        .put("settled", true)
                        .put("preimage", "00".repeat(32))
                        .toString(),
                new JsonObject().put("settled", true).put("preimage", "x").toString())) {
            provider.answer(VERIFY, request -> Reply.of(200, lie));
            assertThat(notTold(invoice.paymentHash())).hasMessageContaining("answers about another");
        }
        invoices.close();
        invoices = open(true);
        provider.answer(
                VERIFY,
                request -> Reply.of(
                        200,
                        new JsonObject()
                                .put("settled", true)
                                .put("pr", invoice.bolt11())
                                .put("preimage", pay(invoice).revealHex())
                                .toString()));
        assertThat(invoices.isSettled(invoice.paymentHash())).isTrue();
    }

    @Test
    void whetherAnInvoiceIsSettledThatTheProviderDoesNotSayIsNotKnown() throws Exception {
        Invoice invoice = invoices.create(REQUEST);
        for (Reply silence : List.of(
                Reply.of(200, "{}"),
                Reply.of(200, "{\"settled\":\"true\"}"),
                Reply.of(500, ""),
                FakeLightningAddress.error("try again"))) {
            provider.answer(VERIFY, request -> silence);
            assertThat(notTold(invoice.paymentHash())).hasMessageContaining("localhost");
        }
        invoices.close();
        invoices = open(true);
        provider.answer(VERIFY, request -> FakeLightningAddress.error("Not found"));
        assertThat(notTold(invoice.paymentHash())).hasMessageContaining("which is not remembered here");
        // That all addresses are alike, it takes two to tell.
        invoices.create(REQUEST);
        for (Reply unknown : List.of(
                FakeLightningAddress.error("Not found"), Reply.of(404, "{\"status\":\"ERROR\",\"reason\":\"none\"}"))) {
            provider.answer(VERIFY, request -> unknown);
            assertThat(invoices.isSettled(invoice.paymentHash())).isFalse();
        }
    }

    /** A no would send a new bill to who has paid. */
    @Test
    void whateverAFaultOrAGatewayDoesNotFindIsNoAnswer() throws Exception {
        Invoice invoice = invoices.create(REQUEST);
        for (Reply other : List.of(
                Reply.of(500, "{\"status\":\"ERROR\",\"reason\":\"lightning backend not found\"}"),
                Reply.of(404, "<html>"),
                Reply.of(404, "{\"message\":\"no Route matched with those values\"}"),
                Reply.of(400, "{\"reason\":\"Not found\"}"))) {
            provider.answer(VERIFY, request -> other);
            assertThat(notTold(invoice.paymentHash())).hasMessageContaining("refuses (HTTP " + other.status() + ")");
        }
    }

    @Test
    void aProviderThatDoesNotTellIsGoodEnoughUnlessSettlementIsStrict() throws Exception {
        provider.answer(
                CALLBACK,
                request -> Reply.of(
                        200,
                        new JsonObject()
                                .put("pr", issuer.invoice(10_000, FakeLightningAddress.descriptionHash()))
                                .toString()));
        assertThat(refused()).hasMessageContaining("(LUD-21), and lsat.settlement=strict: leave that out");
        invoices.close();
        invoices = open(false);

        assertThat(Bolt11.parse(invoices.create(REQUEST).bolt11()).expiry()).isEqualTo(SignedInvoices.EXPIRY);
    }

    @Test
    void theCheckMakesNoInvoiceAndAsksOnceAMinute() throws Exception {
        for (int i = 0; i < 5; i++) {
            invoices.check();
        }
        assertThat(provider.requests()).hasSize(1);
        invoices.close();
        invoices = open(true);
        provider.answer(PAY_REQUEST, request -> new Reply(301, Map.of("Location", "/other"), "", Duration.ZERO));
        assertThat(refused())
                .hasMessage(
                        "localhost answers with HTTP 301, and redirects are not followed; set lsat.lightning-address"
                                + " to the address behind it");
    }

    @Test
    void nothingIsLeftRunningAfterTheEnd() throws Exception {
        invoices.create(REQUEST);
        invoices.close();

        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals(NodeThreads.NAME)))
                .isEmpty();
        assertThat(refused()).hasMessageContaining("localhost");
    }
}
