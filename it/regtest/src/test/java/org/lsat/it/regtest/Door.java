package org.lsat.it.regtest;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.lsat.InvoiceBackend;
import org.lsat.InvoiceSource;
import org.lsat.config.ConfigReader;
import org.lsat.config.ConfigValues;
import org.lsat.invoice.lnd.LndRestBackend;
import org.lsat.invoice.lnd.grpc.LndBackend;

/** The two ways into an LND; whatever is tested of one is tested of the other. */
enum Door {
    GRPC(new LndBackend(), "UNKNOWN: "),
    REST(new LndRestBackend(), "HTTP 500: ");

    @SuppressWarnings("ImmutableEnumChecker") // Neither has a field.
    private final InvoiceBackend backend;

    private final String unknown;

    Door(InvoiceBackend backend, String unknown) {
        this.backend = backend;
        this.unknown = unknown;
    }

    InvoiceSource open(LndNode node, Path macaroon, Map<String, String> more) {
        Map<String, String> properties = new TreeMap<>(Map.of(
                "lsat.lnd.target", this == GRPC ? node.target() : node.restAddress(),
                "lsat.lnd.cert", node.certificate().toString(),
                "lsat.lnd.macaroon", macaroon.toString()));
        properties.putAll(more);
        ConfigReader config = new ConfigReader(ConfigValues.of(properties));
        InvoiceBackend.Opener opener = backend.configure(config);
        config.finish();
        return opener.open(null);
    }

    /** How the log has words in which LND refuses. */
    String refusal(String words) {
        return "(" + unknown + words;
    }
}
