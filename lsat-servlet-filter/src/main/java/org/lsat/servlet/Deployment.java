package org.lsat.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lsat.InvoiceBackend;
import org.lsat.InvoiceSource;
import org.lsat.Paywall;
import org.lsat.config.ConfigException;
import org.lsat.config.ConfigReader;
import org.lsat.config.Settings;
import org.lsat.config.SettingsReader;
import org.lsat.ledger.MemoryLedger;
import org.lsat.rules.Rule;

/**
 * The paywall of one servlet context, from its configuration at deployment over its start to its stop. Kept as an
 * attribute of the context, never in a static: two applications may share this JAR.
 */
final class Deployment {

    private static final System.Logger LOG = System.getLogger("org.lsat");
    private static final String ATTRIBUTE = "org.lsat.servlet.Deployment";

    /** Where a stand-in's own servlet finds it. */
    private static final String INVOICE_SOURCE = InvoiceSource.class.getName();

    private final ServletContext context;
    private final @Nullable Settings settings;
    private final Supplier<InvoiceSource> backend;
    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random;
    private @Nullable InvoiceSource invoices;
    private boolean started;
    private volatile @Nullable Paywall paywall;

    private Deployment(
            ServletContext context, @Nullable Settings settings, Supplier<InvoiceSource> backend, SecureRandom random) {
        this.context = context;
        this.settings = settings;
        this.backend = backend;
        this.random = random;
        this.paywall = settings == null ? null : notRunning(settings);
    }

    private Paywall notRunning(Settings read) {
        return new Paywall(read, new Paywall.Services(NotRunning.INSTANCE, NotRunning.INSTANCE, clock, random));
    }

    static boolean isIn(ServletContext context) {
        return in(context).isPresent();
    }

    static Optional<Deployment> in(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof Deployment deployment
                ? Optional.of(deployment)
                : Optional.empty();
    }

    /**
     * Reads the configuration and puts the deployment into the context.
     *
     * @throws ServletException with all faults, so that the container stops the deployment
     */
    static Deployment configure(ServletContext context) throws ServletException {
        try {
            Deployment deployment = configured(context);
            context.setAttribute(ATTRIBUTE, deployment);
            return deployment;
        } catch (ConfigException e) {
            throw new ServletException(e.getMessage(), e);
        } catch (ServiceConfigurationError e) {
            throw new ServletException("lsat: a service cannot be loaded: " + e.getMessage(), e);
        }
    }

    private static Deployment configured(ServletContext context) {
        ConfigReader config = new ConfigReader(Configuration.read(context.getClassLoader()));
        SecureRandom random = new SecureRandom();
        boolean enabled = config.flag("lsat.enabled", true);
        Map<String, InvoiceBackend> backends = new TreeMap<>();
        for (InvoiceBackend backend : ServiceLoader.load(InvoiceBackend.class, context.getClassLoader())) {
            InvoiceBackend before = backends.put(backend.name(), backend);
            if (before != null) {
                config.fault(
                        "lsat.backend",
                        backend.name(),
                        "only one of " + before.getClass().getName() + " and "
                                + backend.getClass().getName() + " in the application: both have this name");
            }
        }
        Map<String, Boolean> playMoney = new HashMap<>();
        backends.forEach((name, backend) -> playMoney.put(name, backend.isPlayMoney()));
        backends.values().forEach(backend -> backend.keys().forEach(config::know));
        Settings settings = SettingsReader.read(config, playMoney, random);
        InvoiceBackend chosen = backends.get(settings.backend());
        Supplier<InvoiceSource> source = chosen == null
                ? () -> {
                    throw new IllegalStateException("no backend");
                }
                : chosen.configure(config);
        config.finish().forEach(warning -> LOG.log(System.Logger.Level.WARNING, "lsat: " + warning));
        if (!enabled) {
            LOG.log(System.Logger.Level.WARNING, "lsat: lsat.enabled=false: the paywall is OFF, everything is free");
        }
        return new Deployment(context, enabled ? settings : null, source, random);
    }

    boolean isEnabled() {
        return settings != null;
    }

    /** Opens the backend and from then on decides requests; a second call does nothing. */
    synchronized void start() {
        Settings read = settings;
        if (read == null || started) {
            return;
        }
        started = true;
        InvoiceSource opened = backend.get();
        invoices = opened;
        context.setAttribute(INVOICE_SOURCE, opened);
        MemoryLedger ledger = new MemoryLedger(read.ledgerCapacity(), read.ledgerLease(), clock);
        paywall = new Paywall(read, new Paywall.Services(opened, ledger, clock, random));
        announce(read, opened);
    }

    private void announce(Settings settings, InvoiceSource invoices) {
        settings.notices().forEach(notice -> LOG.log(System.Logger.Level.INFO, "lsat: " + notice));
        invoices.standIn()
                .ifPresent(standIn -> LOG.log(
                        System.Logger.Level.WARNING,
                        "lsat: lsat.backend=" + settings.backend() + ": invoices are paid with PLAY MONEY, at "
                                + standIn.payPath()
                                + (standIn.localPeersOnly() ? ", by clients on this machine only" : ", by anybody")));
        for (Rule rule : settings.rules()) {
            if (!context.getContextPath().isEmpty()
                    && rule.path().toString().startsWith(context.getContextPath() + "/")) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "lsat: " + rule.path() + " (rule " + rule.name()
                                + ") begins with the context path, and paths of rules" + " are below it: it prices "
                                + context.getContextPath() + rule.path());
            }
            List<String> methods = rule.methods().stream().sorted().toList();
            LOG.log(
                    System.Logger.Level.INFO,
                    "lsat: " + rule.path() + (methods.isEmpty() ? "" : " " + methods) + " costs " + rule.price()
                            + (rule.price().isFree()
                                    ? ""
                                    : " for " + rule.plan().inWords()) + " (rule " + rule.name() + ")");
        }
    }

    /** Closes the backend; nothing is sold or counted from then on. */
    synchronized void stop() {
        if (settings != null) {
            paywall = notRunning(settings);
        }
        context.removeAttribute(INVOICE_SOURCE);
        context.removeAttribute(ATTRIBUTE);
        if (invoices instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) { // what close() declares
                LOG.log(System.Logger.Level.WARNING, "lsat: the backend did not close: " + e);
            }
        }
        invoices = null;
    }

    /** Decides requests, also before the start and after the stop; empty if the paywall is switched off. */
    Optional<Paywall> paywall() {
        return Optional.ofNullable(paywall);
    }

    InstantSource clock() {
        return clock;
    }
}
