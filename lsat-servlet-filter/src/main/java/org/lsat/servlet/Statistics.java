package org.lsat.servlet;

import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.lsat.InvoiceException;
import org.lsat.InvoiceSource;
import org.lsat.PaywallEvent;
import org.lsat.PaywallListener;

/** Counts what the paywall does, shows it by JMX, and writes a line into the log for each payment that comes in. */
final class Statistics implements PaywallListener, PaywallMXBean, AutoCloseable {

    private static final System.Logger LOG = System.getLogger("org.lsat");

    private static final long REPORT_MILLIS = 60_000;

    private final InvoiceSource invoices;
    private final Revocations revocations;
    private final String application;
    private final Counts challenges = new Counts();
    private final Counts firstUses = new Counts();
    private final Counts soldMsat = new Counts();
    private final Counts paidRequests = new Counts();
    private final Counts waivedRequests = new Counts();
    private final Counts notEnforcedRequests = new Counts();
    private final Counts notEnforcedMsat = new Counts();
    private final Map<String, AtomicLong> nextReports = new ConcurrentHashMap<>();
    private final Counts refusals = new Counts();
    private boolean registered;

    private Statistics(InvoiceSource invoices, Revocations revocations, String application) {
        this.invoices = invoices;
        this.revocations = revocations;
        this.application = application;
    }

    /** {@code application}: host and context path, and a slash. */
    static Statistics register(InvoiceSource invoices, Revocations revocations, String application) {
        Statistics statistics = new Statistics(invoices, revocations, application);
        try {
            server().registerMBean(statistics, statistics.name());
            statistics.registered = true;
        } catch (JMException e) {
            LOG.log(Level.WARNING, "lsat: nothing to see by JMX: " + e);
        }
        return statistics;
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    private ObjectName name() throws JMException {
        return new ObjectName("org.lsat:type=Paywall,application=" + ObjectName.quote(application));
    }

    /** Sums by name. */
    private static final class Counts {

        private final Map<String, LongAdder> sums = new ConcurrentHashMap<>();

        /** Looks first: {@code computeIfAbsent} may lock for a name that is there, and there are few names and many requests. */
        void add(String name, long number) {
            LongAdder sum = sums.get(name);
            (sum != null ? sum : sums.computeIfAbsent(name, none -> new LongAdder())).add(number);
        }

        Map<String, Long> all() {
            Map<String, Long> all = new TreeMap<>();
            sums.forEach((name, sum) -> all.put(name, sum.sum()));
            return all;
        }
    }

    @Override
    public void on(PaywallEvent event) {
        if (event instanceof PaywallEvent.Challenged challenged) {
            challenges.add(challenged.product(), 1);
        } else if (event instanceof PaywallEvent.Paid paid) {
            paidRequests.add(paid.access().rule(), 1);
            if (paid.firstUse()) {
                countFirstUse(paid);
            }
        } else if (event instanceof PaywallEvent.Waived waived) {
            waivedRequests.add(waived.rule(), 1);
        } else if (event instanceof PaywallEvent.NotEnforced open) {
            countNotEnforced(open);
        } else if (event instanceof PaywallEvent.Refused refused) {
            refusals.add(refused.reason().wireName(), 1);
        }
    }

    /** The log says it when it happens first, and then once a minute, as long as it goes on. */
    private void countNotEnforced(PaywallEvent.NotEnforced event) {
        String rule = event.rule();
        notEnforcedRequests.add(rule, 1);
        notEnforcedMsat.add(rule, event.amountMsat());
        AtomicLong next = nextReports.computeIfAbsent(rule, none -> new AtomicLong(Long.MIN_VALUE));
        long due = next.get();
        long now = event.time().toEpochMilli();
        if (now >= due && next.compareAndSet(due, now + REPORT_MILLIS)) {
            LOG.log(
                    Level.WARNING,
                    "lsat: not enforced: rule " + rule + " would have asked for "
                            + notEnforcedMsat.all().get(rule) + " msat, one payment a request, for "
                            + notEnforcedRequests.all().get(rule) + " requests since the start");
        }
    }

    private void countFirstUse(PaywallEvent.Paid paid) {
        String product = paid.access().product();
        long msat = paid.access().tokenId().amountMsat();
        firstUses.add(product, 1);
        soldMsat.add(product, msat);
        String what = paid.access().tokenId().isComplimentary() ? "complimentary: " : "paid: " + msat + " msat for ";
        String kind = product.equals(paid.access().rule()) ? "rule " : "plan ";
        LOG.log(
                Level.INFO,
                "lsat: " + what + kind + product + ", payment " + paid.payment().prefix());
    }

    @Override
    public Map<String, Long> getChallenges() {
        return challenges.all();
    }

    @Override
    public Map<String, Long> getFirstUses() {
        return firstUses.all();
    }

    @Override
    public Map<String, Long> getSoldMsat() {
        return soldMsat.all();
    }

    @Override
    public Map<String, Long> getPaidRequests() {
        return paidRequests.all();
    }

    @Override
    public Map<String, Long> getWaivedRequests() {
        return waivedRequests.all();
    }

    @Override
    public Map<String, Long> getNotEnforcedRequests() {
        return notEnforcedRequests.all();
    }

    @Override
    public Map<String, Long> getNotEnforcedMsat() {
        return notEnforcedMsat.all();
    }

    @Override
    public Map<String, Long> getRefusals() {
        return refusals.all();
    }

    @Override
    public List<String> getRevoked() {
        return revocations.prefixes();
    }

    @Override
    public void revoke(String hashPrefix) {
        revocations.revoke(hashPrefix);
    }

    @Override
    public String checkNode() {
        try {
            invoices.check();
            return "ok";
        } catch (InvoiceException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Else the JVM would hold the application. The bean of another version of it, which runs beside this one, stays. */
    @Override
    public void close() {
        if (!registered) {
            return;
        }
        try {
            ObjectName name = name();
            if (server().isRegistered(name)) {
                server().unregisterMBean(name);
            }
        } catch (JMException e) {
            LOG.log(Level.WARNING, "lsat: the JMX bean stays: " + e);
        }
    }
}
