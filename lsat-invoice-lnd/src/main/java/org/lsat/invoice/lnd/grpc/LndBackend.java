package org.lsat.invoice.lnd.grpc;

import java.util.Set;
import org.lsat.InvoiceBackend;
import org.lsat.config.ConfigReader;
import org.lsat.invoice.lnd.LndInvoices;
import org.lsat.invoice.lnd.LndSettings;
import org.lsat.invoice.node.NodeThreads;

/** {@code lsat.backend=lnd}: invoices from an LND, asked by gRPC; see {@link LndSettings} for its properties. */
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
        LndSettings settings = LndSettings.read(config, LndSettings.Door.GRPC);
        return containers -> {
            NodeThreads threads = new NodeThreads();
            return LndInvoices.open(settings, new GrpcTransport(settings, threads), threads.calls());
        };
    }
}
