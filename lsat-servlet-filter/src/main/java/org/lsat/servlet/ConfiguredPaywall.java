package org.lsat.servlet;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.lsat.InvoiceBackend;
import org.lsat.config.AnnotatedRule;
import org.lsat.config.ConfigReader;
import org.lsat.config.Settings;
import org.lsat.config.SettingsReader;

/**
 * A configuration that was read and has no faults.
 *
 * @param settings empty where the paywall is switched off
 * @param backend opens what {@code lsat.backend} names; empty where that is the application's own
 */
record ConfiguredPaywall(Optional<Settings> settings, Optional<InvoiceBackend.Opener> backend) {

    private static final System.Logger LOG = System.getLogger("org.lsat");

    static ConfiguredPaywall read(ClassLoader loader, List<AnnotatedRule> annotated, SecureRandom random) {
        ConfigReader config = new ConfigReader(Configuration.read(loader));
        boolean enabled = config.flag("lsat.enabled", true);
        Map<String, InvoiceBackend> backends = backends(loader, config);
        Map<String, Boolean> playMoney = new HashMap<>();
        backends.forEach((name, backend) -> playMoney.put(name, backend.isPlayMoney()));
        playMoney.put(InvoiceBackend.APPLICATION, false);
        backends.values().forEach(backend -> backend.keys().forEach(config::know));
        Settings settings = SettingsReader.read(config, annotated, playMoney, random);
        Optional<InvoiceBackend> named = Optional.ofNullable(backends.get(settings.backend()));
        named.ifPresent(chosen -> requireSettlement(settings, chosen, config));
        Optional<InvoiceBackend.Opener> backend = named.map(chosen -> chosen.configure(config));
        config.finish().forEach(warning -> LOG.log(System.Logger.Level.WARNING, "lsat: " + warning));
        if (!enabled) {
            LOG.log(System.Logger.Level.WARNING, "lsat: lsat.enabled=false: the paywall is OFF, everything is free");
        }
        return new ConfiguredPaywall(enabled ? Optional.of(settings) : Optional.empty(), backend);
    }

    private static void requireSettlement(Settings settings, InvoiceBackend backend, ConfigReader config) {
        if (settings.strictSettlement() && !backend.tellsSettlement()) {
            config.fault(
                    "lsat.settlement",
                    "strict",
                    "a backend that can be asked whether an invoice is settled, such as lnd; lsat.backend="
                            + backend.name() + " cannot");
        }
    }

    private static Map<String, InvoiceBackend> backends(ClassLoader loader, ConfigReader config) {
        Map<String, InvoiceBackend> backends = new TreeMap<>();
        for (InvoiceBackend backend : ServiceLoader.load(InvoiceBackend.class, loader)) {
            InvoiceBackend before = backends.put(backend.name(), backend);
            if (before != null) {
                config.fault(
                        "lsat.backend",
                        backend.name(),
                        "only one of " + before.getClass().getName() + " and "
                                + backend.getClass().getName() + " in the application: both have this name");
            }
        }
        return backends;
    }
}
