package org.lsat.all;

import java.util.Map;
import java.util.ServiceLoader;
import org.lsat.InvoiceBackend;
import org.lsat.InvoiceSource;
import org.lsat.config.ConfigReader;
import org.lsat.config.ConfigValues;
import org.lsat.ledger.LedgerBackend;

/** Opens backends as the paywall does. */
final class Backends {

    private Backends() {}

    static InvoiceSource open(String name, Map<String, String> properties) {
        InvoiceBackend backend = ServiceLoader.load(InvoiceBackend.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        requireOneJar(backend.getClass());
        ConfigReader config = new ConfigReader(ConfigValues.of(properties));
        InvoiceBackend.Opener opener = backend.configure(config);
        config.finish();
        return opener.open(null);
    }

    static LedgerBackend.Opener ledger(Map<String, String> properties) {
        LedgerBackend backend =
                ServiceLoader.load(LedgerBackend.class).findFirst().orElseThrow();
        requireOneJar(backend.getClass());
        ConfigReader config = new ConfigReader(ConfigValues.of(properties));
        LedgerBackend.Opener opener = backend.configure(config);
        config.finish();
        return opener;
    }

    /** Else this would be a test of the module from which the class is. */
    private static void requireOneJar(Class<?> type) {
        String from = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        if (!from.equals(System.getProperty("all.jar"))) {
            throw new IllegalStateException(type + " is from " + from);
        }
    }
}
