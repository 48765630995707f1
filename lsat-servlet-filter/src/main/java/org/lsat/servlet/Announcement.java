package org.lsat.servlet;

import java.util.List;
import org.lsat.InvoiceSource;
import org.lsat.config.Settings;
import org.lsat.rules.NamedPlan;
import org.lsat.rules.Rule;

/** What the log says when an application starts: what costs what, and what an administrator should know. */
final class Announcement {

    private static final System.Logger LOG = System.getLogger("org.lsat");

    private final Settings settings;
    private final String contextPath;

    Announcement(Settings settings, String contextPath) {
        this.settings = settings;
        this.contextPath = contextPath;
    }

    void make(InvoiceSource invoices) {
        if (!settings.enforced()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "lsat: lsat.enforce=false: NOTHING IS CHARGED AND NOTHING IS REFUSED; what would have been charged is"
                            + " counted by rule, for JMX and for this log");
        }
        settings.notices().forEach(notice -> LOG.log(System.Logger.Level.INFO, "lsat: " + notice));
        invoices.standIn()
                .ifPresent(standIn -> LOG.log(
                        System.Logger.Level.WARNING,
                        "lsat: lsat.backend=" + settings.backend() + ": invoices are paid with PLAY MONEY, at "
                                + standIn.payPath()
                                + (standIn.localPeersOnly() ? ", by clients on this machine only" : ", by anybody")));
        settings.rules().forEach(this::announce);
        if (settings.enforced()) {
            settings.plans().forEach(this::announce);
        }
    }

    private void announce(NamedPlan plan) {
        LOG.log(
                System.Logger.Level.INFO,
                "lsat: plan " + plan.name() + " costs " + plan.price() + " for "
                        + plan.plan().inWords() + " of rules " + String.join(", ", plan.rules()) + ", sold at "
                        + contextPath + "/lsat/plans/" + plan.name());
    }

    private void announce(Rule rule) {
        rule.path().ifPresent(path -> {
            if (!contextPath.isEmpty() && path.toString().startsWith(contextPath + "/")) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "lsat: " + path + " (rule " + rule.name()
                                + ") begins with the context path, and paths of rules are below it: it prices "
                                + contextPath + path);
            }
        });
        List<String> methods = rule.methods().stream().sorted().toList();
        LOG.log(
                System.Logger.Level.INFO,
                "lsat: " + rule.path().map(Object::toString).orElse("what is annotated with it")
                        + (methods.isEmpty() ? "" : " " + methods)
                        + (rule.isFree()
                                ? " is free"
                                : " costs " + rule.priceInWords() + " for "
                                        + rule.plan().inWords())
                        + " (rule " + rule.name() + ")");
    }
}
