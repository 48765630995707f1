package org.lsat.it.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.lsat.Invoice;
import org.lsat.InvoiceRequest;
import org.lsat.InvoiceSource;
import org.lsat.invoice.DevWallet;
import org.lsat.protocol.PaymentHash;
import org.lsat.protocol.Preimage;

/** The application's own invoices, of which it knows whether they were paid. */
@ApplicationScoped
public class OwnInvoices implements InvoiceSource {

    private final DevWallet wallet = new DevWallet(InstantSource.system(), new SecureRandom(), true);
    private final Set<PaymentHash> paid = ConcurrentHashMap.newKeySet();

    @Override
    public Invoice create(InvoiceRequest request) {
        return wallet.create(request);
    }

    @Override
    public boolean tellsSettlement() {
        return true;
    }

    @Override
    public boolean isSettled(PaymentHash payment) {
        return paid.contains(payment);
    }

    /** Pays one of them. */
    public String pay(String bolt11) {
        Optional<Preimage> preimage = wallet.pay(bolt11);
        preimage.ifPresent(learnt -> paid.add(learnt.hash()));
        return preimage.map(Preimage::revealHex).orElse("");
    }
}
