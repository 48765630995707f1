package org.lsat.invoice.address;

import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.lsat.InvoiceBackend;
import org.lsat.config.ConfigReader;
import org.lsat.invoice.node.NodeThreads;

/** {@code lsat.backend=lightning-address}: invoices from whoever keeps a Lightning Address, see {@link AddressSettings}. */
public final class AddressBackend implements InvoiceBackend {

    static final String NAME = "lightning-address";

    /** For {@link java.util.ServiceLoader}. */
    public AddressBackend() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> keys() {
        return AddressSettings.KEYS;
    }

    /** Where the provider does, and then only with a provider that does. */
    @Override
    public boolean tellsSettlement() {
        return true;
    }

    /** The deployment succeeds whether the provider is there or not. */
    @Override
    public Opener configure(ConfigReader config) {
        AddressSettings settings = AddressSettings.read(config);
        return containers -> AddressInvoices.open(settings, new NodeThreads(), trusted(), InstantSource.system());
    }

    /** Whom the JVM trusts, as {@code javax.net.ssl.trustStore} says. */
    private static SSLContext trusted() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("lsat: the JVM's trust store cannot be used: " + e.getMessage(), e);
        }
    }
}
