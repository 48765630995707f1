package org.lsat.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.lsat.Invoice;
import org.lsat.InvoiceRequest;
import org.lsat.InvoiceSource.StandIn;
import org.lsat.protocol.Bolt11;
import org.lsat.protocol.Bolt11Exception;
import org.lsat.protocol.Preimage;

class DevWalletTest {

    private static final Duration EXPIRY = Duration.ofMinutes(10);
    private static final InvoiceRequest REQUEST = new InvoiceRequest(10_000, "weather forecast", EXPIRY);

    private final SettableClock clock = new SettableClock();
    private final DevWallet wallet = new DevWallet(clock, new SecureRandom(), false);

    @Test
    void anInvoiceSaysWhatWasAskedForAndIsSignedByTheWallet() throws Bolt11Exception {
        Invoice invoice = wallet.create(REQUEST);
        Bolt11 read = Bolt11.parse(invoice.bolt11());

        assertThat(invoice.bolt11()).startsWith("lnbcrt100n1");
        assertThat(read.amountMsat()).isEqualTo(OptionalLong.of(10_000));
        assertThat(read.description()).contains("weather forecast");
        assertThat(read.timestamp()).isEqualTo(Instant.parse("2026-01-01T12:00:00Z"));
        assertThat(read.expiry()).isEqualTo(EXPIRY);
        assertThat(read.minFinalCltvExpiryDelta()).isEqualTo(80);
        assertThat(read.paymentHash()).isEqualTo(invoice.paymentHash());
        assertThat(Bolt11Signature.payee(read)).isEqualTo(wallet.nodeId());
    }

    @Test
    void payingRevealsThePreimageAsOftenAsItIsAskedFor() {
        Invoice invoice = wallet.create(REQUEST);

        assertThat(wallet.pay(invoice.bolt11()).map(Preimage::hash)).contains(invoice.paymentHash());
        assertThat(wallet.pay(invoice.bolt11()).map(Preimage::hash)).contains(invoice.paymentHash());
    }

    @Test
    void anInvoiceFromAQrCodeIsPaidInUpperCaseAndNotInMixedCase() {
        String invoice = wallet.create(REQUEST).bolt11();

        assertThat(wallet.pay(invoice.toUpperCase(Locale.ROOT))).isPresent();
        assertThat(wallet.pay("L" + invoice.substring(1))).isEmpty();
    }

    @Test
    void anInvoiceIsPaidUntilItsLastMomentAndNotAtItsEnd() {
        String invoice = wallet.create(REQUEST).bolt11();

        clock.advance(EXPIRY.minusMillis(751));
        assertThat(wallet.pay(invoice)).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(wallet.pay(invoice)).isEmpty();
    }

    @Test
    void anAlteredInvoiceIsNotPaid() {
        String invoice = wallet.create(REQUEST).bolt11();

        for (int i = 0; i < invoice.length(); i++) {
            char other = invoice.charAt(i) == 'q' ? 'p' : 'q';
            String altered = invoice.substring(0, i) + other + invoice.substring(i + 1);
            assertThat(wallet.pay(altered)).as("character %d", i).isEmpty();
        }
        assertThat(wallet.pay("")).isEmpty();
        assertThat(wallet.pay(invoice + "q")).isEmpty();
        assertThat(wallet.pay(" " + invoice)).isEmpty();
    }

    @Test
    void anotherWalletsInvoiceIsNotPaidEvenIfItHasTheSameHash() throws Bolt11Exception {
        Invoice invoice = wallet.create(REQUEST);
        Bolt11 read = Bolt11.parse(invoice.bolt11());
        Bolt11Draft cheaper = new Bolt11Draft(
                "bcrt",
                1,
                read.timestamp(),
                read.paymentHash(),
                read.paymentSecret(),
                new Bolt11Draft.Text("weather forecast"),
                EXPIRY,
                80,
                false);

        assertThat(wallet.pay(Bolt11Writer.write(cheaper, Bolt11Vectors.KEY))).isEmpty();
        assertThat(new DevWallet(clock, new SecureRandom(), false).pay(invoice.bolt11()))
                .isEmpty();
    }

    @Test
    void theOldestGoesWhenTheWalletIsFull() {
        DevWallet small = new DevWallet(clock, new SecureRandom(), false, 3);
        List<String> invoices = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            invoices.add(small.create(REQUEST).bolt11());
        }

        assertThat(invoices)
                .map(small::pay)
                .map(paid -> paid.isPresent())
                .containsExactly(false, false, true, true, true);
    }

    @Test
    void whatExpiredMakesRoom() {
        IssuedInvoices issued = new IssuedInvoices(1_000);
        Preimage preimage = Preimage.of(new byte[Preimage.LENGTH]);
        Instant start = clock.instant();
        for (int i = 0; i < 100; i++) {
            issued.add("old" + i, preimage, start.plusSeconds(60), start);
        }
        Instant later = start.plusSeconds(60);
        for (int i = 0; i < 100; i++) {
            issued.add("new" + i, preimage, later.plusSeconds(60), later);
        }

        assertThat(issued.size()).isEqualTo(100);
        assertThat(issued.find("old99", later)).isEmpty();
        assertThat(issued.find("new0", later)).contains(preimage);
    }

    @Test
    void manyThreadsMayAskAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<List<Invoice>> work = () -> {
                List<Invoice> mine = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    mine.add(wallet.create(REQUEST));
                }
                return mine;
            };
            Set<String> seen = new HashSet<>();
            for (Future<List<Invoice>> result : threads.invokeAll(List.of(work, work, work, work))) {
                for (Invoice invoice : result.get()) {
                    seen.add(invoice.bolt11());
                    assertThat(wallet.pay(invoice.bolt11()).map(Preimage::hash)).contains(invoice.paymentHash());
                }
            }
            assertThat(seen).hasSize(200);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void itSaysThatItIsAStandIn() {
        assertThat(wallet.standIn()).contains(new StandIn("/lsat/dev/pay", true, "lsat.dev.allow-remote"));
        assertThat(new DevWallet(clock, new SecureRandom(), true).standIn())
                .contains(new StandIn("/lsat/dev/pay", false, "lsat.dev.allow-remote"));
    }
}
