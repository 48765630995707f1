package org.lsat.servlet;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.lsat.InvoiceBackend;
import org.lsat.config.AnnotatedRule;
import org.lsat.config.ConfigReader;
import org.lsat.config.Settings;
import org.lsat.config.SettingsReader;
import org.lsat.ledger.LedgerBackend;

/**
 * A configuration that was read and has no faults.
 *
 * @param settings empty where the paywall is switched off
 * @param backend opens what {@code lsat.backend} names; empty where that is the application's own
 * @param ledger opens what {@code lsat.ledger} names; empty where that is the one in memory
 */
record ConfiguredPaywall(
        Optional<Settings> settings, Optional<InvoiceBackend.Opener> backend, Optional<LedgerBackend.Opener> ledger) {

    private static final System.Logger LOG = System.getLogger("org.lsat");

    static ConfiguredPaywall read(ClassLoader loader, List<AnnotatedRule> annotated, SecureRandom random) {
        ConfigReader config = new ConfigReader(Configuration.read(loader));
        boolean enabled = config.flag("lsat.enabled", true);
        Map<String, InvoiceBackend> backends = backends(loader, config);
        Map<String, Boolean> playMoney = new HashMap<>();
        backends.forEach((name, backend) -> playMoney.put(name, backend.isPlayMoney()));
        playMoney.put(InvoiceBackend.APPLICATION, false);
        backends.values().forEach(backend -> backend.keys().forEach(config::know));
        Map<String, LedgerBackend> ledgers = ledgers(loader, config);
        Map<String, Set<String>> ledgerKeys = new TreeMap<>();
        ledgers.forEach((name, backend) -> ledgerKeys.put(name, backend.keys()));
        ledgerKeys.values().forEach(keys -> keys.forEach(config::know));
        Settings settings = SettingsReader.read(config, annotated, playMoney, ledgerKeys, random);
        Optional<InvoiceBackend> named = Optional.ofNullable(backends.get(settings.backend()));
        named.ifPresent(chosen -> requireSettlement(settings, chosen, config));
        Optional<InvoiceBackend.Opener> backend = named.map(chosen -> chosen.configure(config));
        Optional<LedgerBackend.Opener> ledger =
                Optional.ofNullable(ledgers.get(settings.ledger())).map(chosen -> chosen.configure(config));
        config.finish().forEach(warning -> LOG.log(System.Logger.Level.WARNING, "lsat: " + warning));
        if (!enabled) {
            LOG.log(System.Logger.Level.WARNING, "lsat: lsat.enabled=false: the paywall is OFF, everything is free");
        }
        return new ConfiguredPaywall(enabled ? Optional.of(settings) : Optional.empty(), backend, ledger);
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
        return byName(InvoiceBackend.class, InvoiceBackend::name, "lsat.backend", loader, config);
    }

    private static Map<String, LedgerBackend> ledgers(ClassLoader loader, ConfigReader config) {
        return byName(LedgerBackend.class, LedgerBackend::name, "lsat.ledger", loader, config);
    }

    private static <T> Map<String, T> byName(
            Class<T> type, Function<T, String> name, String property, ClassLoader loader, ConfigReader config) {
        Map<String, T> found = new TreeMap<>();
        for (T one : ServiceLoader.load(type, loader)) {
            T before = found.put(name.apply(one), one);
            if (before != null) {
                config.fault(
                        property,
                        name.apply(one),
                        "only one of " + before.getClass().getName() + " and "
                                + one.getClass().getName() + " in the application: both have this name");
            }
        }
        return found;
    }
}
