package org.lsat.invoice.lnd;

import java.util.Set;
import org.lsat.InvoiceBackend;
import org.lsat.config.ConfigReader;
import org.lsat.invoice.node.NodeThreads;

/**
 * {@code lsat.backend=lnd-rest}: invoices from an LND, asked by REST, for whoever does not want gRPC's libraries; see {@link
 * LndSettings} for its properties.
 */
public final class LndRestBackend implements InvoiceBackend {

    static final String NAME = "lnd-rest";

    /** For {@link java.util.ServiceLoader}. */
    public LndRestBackend() {}

    @Override
    public String name() {
        return NAME;
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
        LndSettings settings = LndSettings.read(config, LndSettings.Door.REST);
        return containers -> {
            NodeThreads threads = new NodeThreads();
            return LndInvoices.open(settings, new RestTransport(settings, threads), threads.calls());
        };
    }
}
