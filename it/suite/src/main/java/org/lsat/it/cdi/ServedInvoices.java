package org.lsat.it.cdi;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.lsat.Invoice;
import org.lsat.InvoiceRequest;
import org.lsat.InvoiceSource;
import org.lsat.invoice.DevWallet;

/** The application's own invoices, as a service, and no bean. */
public class ServedInvoices implements InvoiceSource {

    private final DevWallet wallet = new DevWallet(InstantSource.system(), new SecureRandom(), true);

    /** For {@link java.util.ServiceLoader}. */
    public ServedInvoices() {}

    @Override
    public Invoice create(InvoiceRequest request) {
        return wallet.create(request);
    }
}
