package org.lsat.all;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.lsat.Invoice;
import org.lsat.InvoiceSource;
import org.lsat.invoice.DevWallet;
import org.lsat.protocol.Preimage;
import org.lsat.testkit.InvoiceSourceContract;

/** What is left of Bouncy Castle signs as the whole of it does. */
class DevWalletIT extends InvoiceSourceContract {

    private final DevWallet wallet = new DevWallet(InstantSource.system(), new SecureRandom(), false);

    @Override
    protected InvoiceSource source() {
        return wallet;
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
    protected boolean tellsSettlement() {
        return false;
    }

    @Override
    protected Preimage pay(Invoice invoice) {
        return wallet.pay(invoice.bolt11()).orElseThrow();
    }
}
