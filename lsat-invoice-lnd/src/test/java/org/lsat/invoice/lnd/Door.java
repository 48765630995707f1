package org.lsat.invoice.lnd;

import java.util.Map;
import java.util.TreeMap;
import org.lsat.InvoiceBackend;
import org.lsat.config.ConfigReader;
import org.lsat.config.ConfigValues;
import org.lsat.invoice.lnd.grpc.LndBackend;
import org.lsat.testkit.FakeLnd;

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

    Map<String, String> settings(FakeLnd lnd) {
        return new TreeMap<>(Map.of(
                "lsat.lnd.target",
                this == GRPC ? lnd.target() : lnd.restTarget(),
                "lsat.lnd.cert",
                lnd.certificate().toString(),
                "lsat.lnd.macaroon",
                lnd.macaroon().toString(),
                "lsat.lnd.deadline",
                "PT1S"));
    }

    LndInvoices open(Map<String, String> properties) {
        ConfigReader config = new ConfigReader(ConfigValues.of(properties));
        InvoiceBackend.Opener opener = backend.configure(config);
        config.finish();
        return (LndInvoices) opener.open(null);
    }

    /** The value of {@code lsat.backend}. */
    String backendName() {
        return backend.name();
    }

    /** How the log has words in which LND refuses. */
    String refusal(String words) {
        return "(" + unknown + words;
    }
}
