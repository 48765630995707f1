package org.lsat.all;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.lsat.Invoice;
import org.lsat.InvoiceSource;
import org.lsat.protocol.Preimage;
import org.lsat.testkit.FakeLnd;
import org.lsat.testkit.InvoiceSourceContract;

/** The moved gRPC speaks to an LND as the one in its own place does. */
class LndIT extends InvoiceSourceContract {

    @TempDir
    private Path directory;

    private FakeLnd lnd;
    private InvoiceSource source;

    @BeforeEach
    void start() throws IOException {
        lnd = FakeLnd.start(directory, InstantSource.system(), "bcrt");
        source = Backends.open(
                "lnd",
                Map.of(
                        "lsat.lnd.target", lnd.target(),
                        "lsat.lnd.cert", lnd.certificate().toString(),
                        "lsat.lnd.macaroon", lnd.macaroon().toString()));
    }

    @AfterEach
    void stop() throws Exception {
        ((AutoCloseable) source).close();
        lnd.close();
    }

    @Override
    protected InvoiceSource source() {
        return source;
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
    protected Preimage pay(Invoice invoice) {
        lnd.settle(invoice.paymentHash());
        return lnd.node().preimageOf(invoice.bolt11());
    }
}
