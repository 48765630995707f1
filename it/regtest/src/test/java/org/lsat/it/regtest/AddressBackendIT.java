package org.lsat.it.regtest;

import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.Invoice;
import org.lsat.InvoiceBackend;
import org.lsat.InvoiceSource;
import org.lsat.config.ConfigReader;
import org.lsat.config.ConfigValues;
import org.lsat.invoice.address.AddressBackend;
import org.lsat.protocol.Preimage;
import org.lsat.testkit.FakeLightningAddress;
import org.lsat.testkit.InvoiceSourceContract;

/** A Lightning Address whose provider has Alice sign its invoices; Bob pays them over the channel. */
@ExtendWith(Regtest.class)
class AddressBackendIT extends InvoiceSourceContract {

    private final RegtestNetwork network;
    private final SSLContext usual;
    private FakeLightningAddress provider;
    private InvoiceSource invoices;

    AddressBackendIT(RegtestNetwork network) throws NoSuchAlgorithmException {
        this.network = network;
        this.usual = SSLContext.getDefault();
    }

    @BeforeEach
    void open() throws Exception {
        provider = FakeLightningAddress.start(new AliceIssues(network.alice()));
        SSLContext.setDefault(provider.certificate().clientTls());
        ConfigReader config = new ConfigReader(ConfigValues.of(Map.of(
                "lsat.lightning-address", provider.address(),
                "lsat.invoice.expiry", "P1D",
                "lsat.settlement", "strict")));
        InvoiceBackend.Opener opener = new AddressBackend().configure(config);
        config.finish();
        invoices = opener.open(null);
        // An invoice of the second of the start is not taken.
        TimeUnit.MILLISECONDS.sleep(1_000 - System.currentTimeMillis() % 1_000);
    }

    @AfterEach
    void close() throws Exception {
        ((AutoCloseable) invoices).close();
        provider.close();
        SSLContext.setDefault(usual);
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
    protected Preimage pay(Invoice invoice) throws InterruptedException {
        return network.pay(invoice.bolt11());
    }
}
