package org.lsat.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.lsat.rules.NamedPlan;
import org.lsat.rules.Plan;
import org.lsat.rules.Price;
import org.lsat.rules.Rate;
import org.lsat.rules.Rule;

/** Named plans from {@code lsat.plans.<name>.*}; a plan is there if a dotted name ends in {@code .rules}. */
final class PlansReader {

    private static final String PREFIX = "lsat.plans.";
    private static final String RULES = ".rules";
    private static final List<String> OTHER_KEYS =
            List.of(".price", ".uses", ".deposit", ".valid-for", ".rate", ".description");

    private final ConfigReader config;
    private final List<Rule> rules;

    PlansReader(ConfigReader config, List<Rule> rules) {
        this.config = config;
        this.rules = rules;
    }

    List<NamedPlan> read() {
        Set<String> names = names();
        reportWithoutRules(names);
        List<NamedPlan> plans = new ArrayList<>();
        names.forEach(name -> plan(name).ifPresent(plans::add));
        return plans;
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (String property : config.names()) {
            if (isOf(property, RULES)) {
                String name = name(property, RULES);
                // LSAT_PLANS_MY_PLAN_RULES overrides plan my-plan; guessed back from it, my.plan is no plan.
                if (Rule.isName(name) || !config.isGuessed(property)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static boolean isOf(String property, String key) {
        return property.startsWith(PREFIX)
                && property.endsWith(key)
                && property.length() > PREFIX.length() + key.length();
    }

    private static String name(String property, String key) {
        return property.substring(PREFIX.length(), property.length() - key.length());
    }

    private void reportWithoutRules(Set<String> names) {
        for (String property : config.names()) {
            OTHER_KEYS.stream()
                    .filter(key ->
                            isOf(property, key) && !names.contains(name(property, key)) && !config.isGuessed(property))
                    .forEach(key -> config.fault(
                            property,
                            config.text(property).orElse(""),
                            "a plan that says which rules it opens: add " + PREFIX + name(property, key) + RULES));
        }
    }

    private Optional<NamedPlan> plan(String name) {
        String prefix = PREFIX + name;
        ProductTerms terms = new ProductTerms(config, prefix);
        List<String> opened = rules(prefix + RULES);
        Optional<Price> price = price(prefix + ".price", "for example: 5000 sat");
        Optional<Long> uses = terms.uses();
        Optional<Duration> validFor = terms.validFor();
        boolean hasDeposit = config.text(prefix + ".deposit").isPresent();
        Optional<Price> deposit = hasDeposit ? price(prefix + ".deposit", "for example: 10000 sat") : Optional.empty();
        Optional<Rate> rate = terms.rate(".rate");
        String description = terms.description();
        if (!Rule.isName(name)) {
            config.fault(prefix + RULES, name, "plan names are 1 to 64 of a-z 0-9 -");
            return Optional.empty();
        }
        reportNameOfRule(name);
        reportWhatIsBought(prefix, uses, validFor, hasDeposit);
        if (price.isPresent()
                && deposit.isPresent()
                && deposit.get().amountMsat() < price.get().amountMsat()) {
            config.fault(
                    prefix + ".deposit", deposit.get().toString(), "at least the price of the plan, " + price.get());
        }
        deposit.ifPresent(amount -> reportWhatItCannotPay(prefix, amount, opened));
        if (price.isEmpty() || opened.isEmpty()) {
            return Optional.empty();
        }
        Plan plan = deposit.map(amount -> Plan.balance(amount, validFor)).orElseGet(() -> Plan.of(uses, validFor));
        return Optional.of(new NamedPlan(name, price.get(), plan, opened, rate, description));
    }

    private void reportWhatItCannotPay(String prefix, Price deposit, List<String> opened) {
        rules.stream()
                .filter(rule -> opened.contains(rule.name()))
                .filter(rule -> rule.price().map(Price::amountMsat).orElse(0L) > deposit.amountMsat())
                .findFirst()
                .ifPresent(rule -> config.fault(
                        prefix + ".deposit",
                        deposit.toString(),
                        "at least what one request of each of its rules costs: rule " + rule.name() + " costs "
                                + rule.price().orElseThrow()));
    }

    /** Both are signed into tokens as the name of what was bought. */
    private void reportNameOfRule(String name) {
        if (rules.stream().anyMatch(rule -> rule.name().equals(name))) {
            config.fault(
                    PREFIX + name + RULES, name, "a name that no rule has: rules and plans share one space of names");
        }
    }

    private void reportWhatIsBought(
            String prefix, Optional<Long> uses, Optional<Duration> validFor, boolean hasDeposit) {
        if (uses.isEmpty() && validFor.isEmpty() && !hasDeposit) {
            config.fault(
                    prefix + ".valid-for",
                    "",
                    "what the plan buys: valid-for=P30D for any number of requests, uses=100, or deposit=10000 sat");
        }
        if (uses.isPresent() && hasDeposit) {
            config.fault(
                    prefix + ".deposit",
                    config.text(prefix + ".deposit").orElse(""),
                    "either deposit or uses: a balance is drawn down by the price of each request");
        }
    }

    private List<String> rules(String property) {
        String text = config.text(property).orElse("");
        Set<String> names = new LinkedHashSet<>(ProductTerms.list(text));
        Set<String> priced = new TreeSet<>();
        rules.stream().filter(rule -> !rule.isFree()).map(Rule::name).forEach(priced::add);
        if (!priced.containsAll(names)) {
            config.fault(
                    property,
                    text,
                    "rules that have a price, comma-separated"
                            + (priced.isEmpty() ? "" : "; they are " + String.join(", ", priced)));
            return List.of();
        }
        return List.copyOf(names);
    }

    private Optional<Price> price(String property, String example) {
        Optional<String> text = config.text(property);
        Optional<Price> price = text.flatMap(Price::parse).filter(parsed -> !parsed.isFree());
        if (price.isEmpty()) {
            config.fault(property, text.orElse(""), "<digits> sat or <digits> msat, " + example);
        }
        return price;
    }
}
