package org.lsat.invoice.lnd;

import java.util.Set;
import org.lsat.InvoiceBackend;
import org.lsat.config.ConfigReader;

/** {@code lsat.backend=lnd}: invoices from an LND, see {@link LndSettings} for its properties. */
public final class LndBackend implements InvoiceBackend {

    /** For {@link java.util.ServiceLoader}. */
    public LndBackend() {}

    @Override
    public String name() {
        return "lnd";
    }

    @Override
    public Set<String> keys() {
        return LndSettings.KEYS;
    }

    @Override
    public boolean tellsSettlement() {
        return true;
    }

    /** The deployment succeeds whether the node is there or not: it may be restarted at the same time. */
    @Override
    public Opener configure(ConfigReader config) {
        LndSettings settings = LndSettings.read(config);
        // Not the container's threads: what gRPC schedules, and cancels, they would keep until it is due, and with it
        // the
        // class loader of the application, for up to a minute after its end.
        return threads -> LndInvoices.open(settings, null);
    }
}
