package org.lsat.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lsat.Invoice;
import org.lsat.InvoiceException;
import org.lsat.InvoiceRequest;
import org.lsat.InvoiceSource;
import org.lsat.protocol.Bolt11;
import org.lsat.protocol.PaymentHash;
import org.lsat.protocol.Preimage;

/**
 * The scenarios that every {@link InvoiceSource} must pass: JUnit 5 runs them for each class that extends this one and says
 * what is tested, and how one of its invoices is paid.
 */
public abstract class InvoiceSourceContract {

    private static final Duration EXPIRY = Duration.ofMinutes(10);
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(60);

    /** The source, ready; the same one throughout a test. */
    protected abstract InvoiceSource source() throws Exception;

    /** The prefix of its invoices: {@code bc}, {@code tb}, {@code tbs} or {@code bcrt}. */
    protected abstract String network();

    /** The node's time. */
    protected abstract Instant now();

    /** Pays. */
    protected abstract Preimage pay(Invoice invoice) throws Exception;

    /** Whether it can tell if an invoice is settled. */
    protected boolean tellsSettlement() {
        return true;
    }

    /** Whether its invoices say what it was asked to have them say, and end when it was asked to; else their maker decides. */
    protected boolean decidesMemoAndTime() {
        return true;
    }

    private Bolt11 read(InvoiceRequest request) throws Exception {
        Invoice invoice = source().create(request);
        Bolt11 read = Bolt11.parse(invoice.bolt11());
        assertThat(read.paymentHash()).isEqualTo(invoice.paymentHash());
        return read;
    }

    @Test
    @DisplayName("an invoice is what was asked for")
    void anInvoiceIsWhatWasAskedFor() throws Exception {
        Bolt11 invoice = read(new InvoiceRequest(10_000, "weather forecast", EXPIRY));

        assertThat(invoice.network()).isEqualTo(network());
        assertThat(invoice.amountMsat()).isEqualTo(OptionalLong.of(10_000));
        if (decidesMemoAndTime()) {
            assertThat(invoice.description()).contains("weather forecast");
            assertThat(invoice.expiry()).isEqualTo(EXPIRY);
        }
        assertThat(invoice.timestamp())
                .isCloseTo(now(), Assertions.within(CLOCKS_DIFFER.toSeconds(), ChronoUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 999, 1_000, 1_001, 1_500, 123_456_789, 100_000_000_000L})
    @DisplayName("amounts are exact, from one millisatoshi to a bitcoin")
    void amountsAreExact(long amountMsat) throws Exception {
        assertThat(read(new InvoiceRequest(amountMsat, "exact", EXPIRY)).amountMsat())
                .isEqualTo(OptionalLong.of(amountMsat));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 600, 86_400, 31_536_000})
    @DisplayName("the time to pay is exact, from a second to a year, or its maker's whatever is asked")
    void theTimeToPayIsExact(long seconds) throws Exception {
        Duration expiry = read(new InvoiceRequest(1_000, "exact", Duration.ofSeconds(seconds)))
                .expiry();
        assertThat(expiry.equals(Duration.ofSeconds(seconds)) || !decidesMemoAndTime())
                .as(expiry::toString)
                .isTrue();
    }

    @Test
    @DisplayName("a memo may have 639 bytes of UTF-8, or keeps nobody from making an invoice")
    void aMemoMayHave639Bytes() throws Exception {
        for (String memo : List.of("x".repeat(639), "ж".repeat(319) + "x", "")) {
            String said =
                    read(new InvoiceRequest(1_000, memo, EXPIRY)).description().orElse("");
            assertThat(said.equals(memo) || !decidesMemoAndTime()).as(said).isTrue();
        }
    }

    @Test
    @DisplayName("whoever pays learns the preimage of the payment hash")
    void whoeverPaysLearnsThePreimage() throws Exception {
        Invoice invoice = source().create(new InvoiceRequest(21_000, "paid", EXPIRY));

        assertThat(pay(invoice).hash()).isEqualTo(invoice.paymentHash());
    }

    @Test
    @DisplayName("an invoice is settled when it has been paid, and not before; one that nobody made never is")
    void anInvoiceIsSettledWhenItHasBeenPaid() throws Exception {
        InvoiceSource source = source();
        Invoice invoice = source.create(new InvoiceRequest(21_000, "settled", EXPIRY));
        assertThat(source.tellsSettlement()).isEqualTo(tellsSettlement());
        if (!tellsSettlement()) {
            assertThatThrownBy(() -> source.isSettled(invoice.paymentHash()))
                    .hasMessageContaining("lsat.settlement = strict")
                    .isInstanceOf(InvoiceException.class);
            return;
        }
        assertThat(source.isSettled(invoice.paymentHash())).isFalse();
        pay(invoice);
        assertThat(source.isSettled(invoice.paymentHash())).isTrue();
        assertThat(source.isSettled(new PaymentHash(1, 2, 3, 4))).isFalse();
    }

    @Test
    @DisplayName("the check makes no invoice, and finds nothing wrong")
    void theCheckFindsNothingWrong() throws Exception {
        source().check();
    }

    @Test
    @DisplayName("every invoice is another one, also for callers at the same time")
    void everyInvoiceIsAnotherOne() throws Exception {
        InvoiceSource source = source();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<List<PaymentHash>> work = () -> {
                List<PaymentHash> hashes = new ArrayList<>();
                for (int i = 0; i < 25; i++) {
                    hashes.add(source.create(new InvoiceRequest(1_000, "another", EXPIRY))
                            .paymentHash());
                }
                return hashes;
            };
            Set<PaymentHash> seen = new HashSet<>();
            for (Future<List<PaymentHash>> result : threads.invokeAll(List.of(work, work, work, work))) {
                seen.addAll(result.get());
            }
            assertThat(seen).hasSize(100);
        } finally {
            threads.shutdownNow();
        }
    }
}
