package org.lsat.invoice;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.lsat.InvoiceException;
import org.lsat.InvoiceRequest;

class BackendInvoicesTest {

    private final BackendInvoices invoices = new BackendInvoices();

    /** As with lsat.enabled=false, or where a service of the application makes the invoices: a load balancer keeps it. */
    @Test
    void whereNoBackendIsAskedTheApplicationIsReadyAllTheSame() {
        assertThatCode(invoices::check).doesNotThrowAnyException();
    }

    @Test
    void andNothingIsSold() {
        assertThatThrownBy(() -> invoices.create(new InvoiceRequest(1_000, "", Duration.ofMinutes(10))))
                .isInstanceOf(InvoiceException.class);
    }
}
