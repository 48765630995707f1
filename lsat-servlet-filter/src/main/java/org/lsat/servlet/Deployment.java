package org.lsat.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lsat.ComplimentaryTokens;
import org.lsat.InvoiceBackend;
import org.lsat.InvoiceSource;
import org.lsat.Paywall;
import org.lsat.PaywallListener;
import org.lsat.PriceSource;
import org.lsat.Reason;
import org.lsat.Validity;
import org.lsat.client.TrustedProxies;
import org.lsat.config.AnnotatedRule;
import org.lsat.config.ConfigException;
import org.lsat.config.FileWatch;
import org.lsat.config.Settings;
import org.lsat.ledger.Ledger;
import org.lsat.ledger.LedgerBackend;
import org.lsat.ledger.MemoryLedger;
import org.lsat.ledger.NoLedger;

/**
 * The paywall of one servlet context, from its configuration at deployment over its start to its stop. Kept as an
 * attribute of the context, never in a static: two applications may share this JAR.
 */
final class Deployment {

    private static final System.Logger LOG = System.getLogger("org.lsat");

    private static final String ATTRIBUTE = "org.lsat.servlet.Deployment";

    private final ServletContext context;
    private final @Nullable Settings settings;
    private final InvoiceOpener invoices;
    private final Optional<LedgerBackend.Opener> ledgerOpener;
    private final InstantSource clock = InstantSource.system();
    private final Warnings warnings = new Warnings(clock);
    private final SecureRandom random;
    private final SecondGate secondGate;
    private final Contradictions contradictions = new Contradictions(clock);
    private final @Nullable Validity validity;
    private final Clients clients;
    private final List<Runnable> checks = new CopyOnWriteArrayList<>();
    private @Nullable FilesThread files;
    private @Nullable Statistics statistics;
    private LedgerBackend.@Nullable Opened openedLedger;
    private boolean started;
    private volatile @Nullable Guard guard;

    private Deployment(
            ServletContext context, ConfiguredPaywall configured, SecureRandom random, SecondGate secondGate) {
        this.context = context;
        this.settings = configured.settings().orElse(null);
        this.invoices = new InvoiceOpener(context, configured.backend());
        this.ledgerOpener = configured.ledger();
        this.random = random;
        this.secondGate = secondGate;
        this.clients =
                new Clients(configured.settings().map(Settings::trustedProxies).orElse(TrustedProxies.NONE));
        this.validity = settings == null ? null : new Validity(settings);
        this.guard = settings == null || validity == null ? null : guard(notRunning(settings, validity));
    }

    private Paywall notRunning(Settings read, Validity valid) {
        return new Paywall(read, new Paywall.Services(NotRunning.INSTANCE, NotRunning.INSTANCE, clock, random), valid);
    }

    private Guard guard(Paywall paywall) {
        return new Guard(paywall, clock, warnings, secondGate, contradictions, clients);
    }

    static Optional<Deployment> in(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof Deployment deployment
                ? Optional.of(deployment)
                : Optional.empty();
    }

    /**
     * Reads the configuration and puts the deployment into the context.
     *
     * @param annotated what annotations say of rules; empty where nobody looked for them
     * @throws ServletException with all faults, so that the container stops the deployment
     */
    static Deployment configure(ServletContext context, Optional<List<AnnotatedRule>> annotated)
            throws ServletException {
        try {
            SecureRandom random = new SecureRandom();
            ConfiguredPaywall configured =
                    ConfiguredPaywall.read(context.getClassLoader(), annotated.orElse(List.of()), random);
            boolean hasSecondGate = LsatInitializer.hasMatchedGate(context);
            boolean needsIt = annotated.map(rules -> !rules.isEmpty()).orElse(hasSecondGate);
            SecondGate secondGate = new SecondGate(hasSecondGate, needsIt, SecondGate.startedEarly(context));
            Deployment deployment = new Deployment(context, configured, random, secondGate);
            context.setAttribute(ATTRIBUTE, deployment);
            return deployment;
        } catch (ConfigException e) {
            throw new ServletException(e.getMessage(), e);
        } catch (ServiceConfigurationError e) {
            throw new ServletException("lsat: a service cannot be loaded: " + e.getMessage(), e);
        }
    }

    /** Adds something to be looked at before the start. */
    void checkAtStart(Runnable check) {
        checks.add(check);
    }

    /**
     * Looks at all that is to be looked at before the start.
     *
     * @throws IllegalStateException if the application must not start
     * @throws UnsupportedOperationException if the server does not tell it here
     */
    void check() {
        checks.forEach(Runnable::run);
    }

    /** Starts, unless there may yet come a CDI container with beans of the application. */
    void startIfReady() {
        if (CdiBeans.container() != CdiBeans.Container.NOT_READY) {
            start();
        }
    }

    /**
     * Opens the backend and from then on decides requests; a second call does nothing.
     *
     * @throws IllegalStateException if the application does not provide what its configuration asks for
     */
    synchronized void start() {
        Settings read = settings;
        Validity valid = validity;
        if (read == null || valid == null || started) {
            return;
        }
        ApplicationServices services = new ApplicationServices(context.getClassLoader());
        Optional<PriceSource> prices = services.find(PriceSource.class);
        requirePriceSource(read, prices);
        InvoiceSource source = invoices.source(services);
        requireSettlement(read, source);
        Revocations revocations = new Revocations(valid, read.revoked().atStart(), warnings);
        Statistics counted = Statistics.register(
                source, revocations, context.getVirtualServerName() + context.getContextPath() + "/");
        statistics = counted;
        PaywallListener listener = Listeners.of(context.getClassLoader(), warnings, counted);
        Ledger ledger = openLedger(read);
        started = true;
        Paywall paywall =
                new Paywall(read, new Paywall.Services(source, ledger, clock, random, prices, listener), valid);
        guard = guard(paywall);
        Optional.ofNullable(openedLedger).ifPresent(opened -> {
            opened.onLease(paywall::settleOverdue);
            revocations.share(opened);
        });
        files = watch(read, valid, revocations);
        context.setAttribute(
                ComplimentaryTokens.ATTRIBUTE,
                new ComplimentaryTokens(valid::keys, read.productNames(), clock, random));
        new Announcement(read, context.getContextPath()).make(source);
    }

    /** Null where no file is configured that may change. */
    private @Nullable FilesThread watch(Settings read, Validity valid, Revocations revocations) {
        List<FileWatch<?>> watches = new ArrayList<>();
        Consumer<String> warn = message -> warnings.warn(Reason.MISCONFIGURED, message);
        if (read.tokenKeys().hasFiles()) {
            watches.add(new FileWatch<>(
                    read.tokenKeys(),
                    keys -> {
                        valid.use(keys);
                        LOG.log(System.Logger.Level.INFO, "lsat: the secrets have changed and were read again");
                    },
                    warn));
        }
        if (read.revoked().hasFiles()) {
            watches.add(new FileWatch<>(
                    read.revoked(),
                    payments -> {
                        revocations.configure(payments);
                        LOG.log(
                                System.Logger.Level.INFO,
                                "lsat: the list of revoked payments has changed and was read again: "
                                        + payments.size());
                    },
                    warn));
        }
        return watches.isEmpty() ? null : FilesThread.start(watches, warnings);
    }

    private Ledger openLedger(Settings read) {
        if (read.ledger().equals(LedgerBackend.NONE)) {
            return NoLedger.INSTANCE;
        }
        if (ledgerOpener.isEmpty()) {
            return new MemoryLedger(read.ledgerCapacity(), read.ledgerLease(), clock);
        }
        LedgerBackend.Opened opened = ledgerOpener
                .get()
                .open(new LedgerBackend.Terms(
                        read.realm(), read.invoiceNetwork(), read.ledgerCapacity(), read.ledgerLease(), clock));
        openedLedger = opened;
        LOG.log(System.Logger.Level.INFO, "lsat: uses are counted in " + opened.place());
        return opened;
    }

    private static void requirePriceSource(Settings settings, Optional<PriceSource> prices) {
        settings.rules().stream()
                .filter(rule -> rule.price().isEmpty() && prices.isEmpty())
                .findFirst()
                .ifPresent(rule -> {
                    throw new IllegalStateException("lsat: lsat.rules." + rule.name() + ".price = code: a "
                            + PriceSource.class.getName()
                            + " in the application, as a CDI bean or a service of ServiceLoader; or a price");
                });
    }

    /** Of a backend that has a name it was required before it was opened. */
    private static void requireSettlement(Settings settings, InvoiceSource source) {
        if (settings.strictSettlement()
                && settings.backend().equals(InvoiceBackend.APPLICATION)
                && !source.tellsSettlement()) {
            throw new IllegalStateException("lsat: lsat.settlement = strict: "
                    + source.getClass().getName() + " does not tell whether an invoice is settled; override isSettled"
                    + " and tellsSettlement, or leave that property out");
        }
    }

    /** Closes the backend; nothing is sold or counted from then on. */
    synchronized void stop() {
        Settings read = settings;
        Validity valid = validity;
        if (read != null && valid != null) {
            guard = guard(notRunning(read, valid));
        }
        if (files != null) {
            files.close();
        }
        context.removeAttribute(ATTRIBUTE);
        context.removeAttribute(ComplimentaryTokens.ATTRIBUTE);
        if (statistics != null) {
            statistics.close();
        }
        invoices.close();
        if (openedLedger != null) {
            openedLedger.close();
        }
    }

    /** Decides requests, also before the start and after the stop; empty if the paywall is switched off. */
    Optional<Guard> guard() {
        return Optional.ofNullable(guard);
    }

    SecondGate secondGate() {
        return secondGate;
    }

    Contradictions contradictions() {
        return contradictions;
    }

    /** The rules, for whoever finds resources that name them; empty if the paywall is switched off. */
    Optional<Settings> settings() {
        return Optional.ofNullable(settings);
    }
}
