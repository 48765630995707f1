package org.lsat.it.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.lsat.Invoice;
import org.lsat.InvoiceRequest;
import org.lsat.InvoiceSource;
import org.lsat.invoice.DevWallet;
import org.lsat.protocol.Preimage;

/** The application's own invoices. */
@ApplicationScoped
public class OwnInvoices implements InvoiceSource {

    private final DevWallet wallet = new DevWallet(InstantSource.system(), new SecureRandom(), true);

    @Override
    public Invoice create(InvoiceRequest request) {
        return wallet.create(request);
    }

    /** Pays one of them. */
    public String pay(String bolt11) {
        return wallet.pay(bolt11).map(Preimage::revealHex).orElse("");
    }
}
