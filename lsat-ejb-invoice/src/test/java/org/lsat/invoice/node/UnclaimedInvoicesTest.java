package org.lsat.invoice.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.lsat.Invoice;
import org.lsat.InvoiceRequest;
import org.lsat.protocol.PaymentHash;

class UnclaimedInvoicesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final InvoiceRequest REQUEST = new InvoiceRequest(1_000, "one", Duration.ofMinutes(10));
    private static final InvoiceRequest OTHER = new InvoiceRequest(1_001, "one", Duration.ofMinutes(10));

    private final UnclaimedInvoices unclaimed = new UnclaimedInvoices(3);

    private static Invoice invoice(int number) {
        return new Invoice(new PaymentHash(number, 0, 0, 0), "lnbc" + number);
    }

    @Test
    void eachGoesToOneWhoAsksForTheSame() {
        unclaimed.add(REQUEST, invoice(1), NOW, REQUEST.expiry());
        unclaimed.add(REQUEST, invoice(2), NOW, REQUEST.expiry());

        assertThat(unclaimed.take(OTHER, NOW)).isEmpty();
        assertThat(unclaimed.take(REQUEST, NOW)).contains(invoice(1));
        assertThat(unclaimed.take(REQUEST, NOW)).contains(invoice(2));
        assertThat(unclaimed.take(REQUEST, NOW)).isEmpty();
        assertThat(unclaimed.size()).isZero();
    }

    @Test
    void oneIsGivenOutWhileHalfOfItsTimeIsLeft() {
        unclaimed.add(REQUEST, invoice(1), NOW, REQUEST.expiry());
        unclaimed.add(REQUEST, invoice(2), NOW.plusSeconds(1), REQUEST.expiry());

        assertThat(unclaimed.take(REQUEST, NOW.plus(Duration.ofMinutes(5)))).contains(invoice(2));
        assertThat(unclaimed.size()).isZero();
    }

    @Test
    void whatIsStaleMakesRoomAndElseTheOldStay() {
        unclaimed.add(REQUEST, invoice(1), NOW, REQUEST.expiry());
        unclaimed.add(REQUEST, invoice(2), NOW, REQUEST.expiry());
        unclaimed.add(OTHER, invoice(3), NOW, OTHER.expiry());
        unclaimed.add(OTHER, invoice(4), NOW, OTHER.expiry());
        assertThat(unclaimed.size()).isEqualTo(3);
        assertThat(unclaimed.take(OTHER, NOW)).contains(invoice(3));
        assertThat(unclaimed.take(OTHER, NOW)).isEmpty();

        unclaimed.add(OTHER, invoice(5), NOW, OTHER.expiry());
        unclaimed.add(OTHER, invoice(6), NOW.plus(Duration.ofMinutes(5)), OTHER.expiry());
        assertThat(unclaimed.size()).isEqualTo(1);
    }
}
