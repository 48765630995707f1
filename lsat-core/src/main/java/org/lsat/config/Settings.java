package org.lsat.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lsat.client.TrustedProxies;
import org.lsat.protocol.RevokedPayments;
import org.lsat.protocol.RootKeys;
import org.lsat.rules.NamedPlan;
import org.lsat.rules.PathParameters;
import org.lsat.rules.PriceTable;
import org.lsat.rules.Product;
import org.lsat.rules.Rate;
import org.lsat.rules.Rule;

/**
 * Everything that a paywall is configured with, checked; see {@link SettingsReader}. Immutable.
 *
 * @param backend the value of {@code lsat.backend}
 * @param rules in the order of their names
 * @param plans in the order of their names
 * @param realm the application's name
 * @param tokenKeys that sign its tokens
 * @param invoiceNetwork the prefix that invoices must have: {@code bc tb tbs bcrt}
 * @param invoiceExpiry how long an invoice may be paid
 * @param memo a template: {@code {realm}} stands for its name, and {@code {rule}} for that of the rule or plan
 * @param strictSettlement whether a payment opens something only once the node says that it has arrived
 * @param ledger the value of {@code lsat.ledger}: memory, or the name of a backend
 * @param ledgerCapacity how many payments the ledger may remember before counted plans are no longer sold
 * @param ledgerLease after which a pending use is lost
 * @param challengesPerClient of one client network
 * @param challengesTotal of all clients together
 * @param revoked payments whose tokens are refused
 * @param trustedProxies whose word about a client's address is believed
 * @param allowedParameters of request targets
 * @param enforced whether payment is asked for; else all is let through, and what would have been asked is reported
 * @param notices what an administrator should know, for the log at start
 */
public record Settings(
        String backend,
        List<Rule> rules,
        PriceTable prices,
        List<NamedPlan> plans,
        String realm,
        FileBacked<RootKeys> tokenKeys,
        String invoiceNetwork,
        Duration invoiceExpiry,
        String memo,
        boolean strictSettlement,
        String ledger,
        long ledgerCapacity,
        Duration ledgerLease,
        Rate challengesPerClient,
        Rate challengesTotal,
        FileBacked<RevokedPayments> revoked,
        TrustedProxies trustedProxies,
        CorsPolicy cors,
        Set<PathParameters> allowedParameters,
        boolean enforced,
        List<String> notices) {

    /** Copies the lists. */
    public Settings {
        rules = List.copyOf(rules);
        plans = List.copyOf(plans);
        allowedParameters = Set.copyOf(allowedParameters);
        notices = List.copyOf(notices);
    }

    /** What signs the tokens at the start. */
    public RootKeys keys() {
        return tokenKeys.atStart();
    }

    /** The memo of an invoice for a product. */
    public String memoFor(Product product) {
        return memo.replace("{realm}", realm).replace("{rule}", product.name());
    }

    /** The names of the rules that have a price, and of the plans. */
    public Set<String> productNames() {
        return Stream.concat(
                        rules.stream().filter(rule -> !rule.isFree()).map(Rule::name),
                        plans.stream().map(NamedPlan::name))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The plans that open a rule, too. */
    public List<NamedPlan> plansOf(Rule rule) {
        return plans.stream().filter(plan -> plan.rules().contains(rule.name())).toList();
    }

    /** The rule of this name. */
    public Optional<Rule> rule(String name) {
        return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }
}
