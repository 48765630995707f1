package org.lsat.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.lsat.rules.Allowance;
import org.lsat.rules.PathPattern;
import org.lsat.rules.Plan;
import org.lsat.rules.Price;
import org.lsat.rules.PriceTable;
import org.lsat.rules.Rate;
import org.lsat.rules.Rule;

/** Rules from {@code lsat.rules.<name>.*}; a rule is there if a dotted name ends in {@code .path}, or an annotation names it. */
final class RulesReader {

    private static final String PREFIX = "lsat.rules.";
    private static final String PATH = ".path";
    private static final List<String> OTHER_KEYS =
            List.of(".price", ".methods", ".uses", ".valid-for", ".description", ".free", ".free-for-roles", ".rate");

    /** Stands for a price that a {@code PriceSource} finds. */
    private static final String PRICED_BY_CODE = "code";

    private static final String METHODS_ALLOWED = "methods in capitals, comma-separated, for example GET,POST";

    private final ConfigReader config;
    private final List<AnnotatedRule> annotated;

    RulesReader(ConfigReader config, List<AnnotatedRule> annotated) {
        this.config = config;
        this.annotated = annotated;
    }

    List<Rule> read() {
        Set<String> names = namesWithPath();
        annotated.forEach(this::declare);
        annotated.forEach(rule -> names.add(rule.name()));
        reportWithoutPath(names);
        if (names.isEmpty()) {
            config.fault(
                    PREFIX + "<name>" + PATH, "", "at least one rule, for example lsat.rules.forecast.path=/api/*");
        }
        List<Rule> rules = new ArrayList<>();
        for (String name : names) {
            rule(name).ifPresent(rules::add);
        }
        Set<Rule> tied = new HashSet<>();
        for (PriceTable.Tie tie : PriceTable.ties(rules)) {
            Rule rule = tie.second();
            tied.add(rule);
            config.fault(
                    PREFIX + rule.name() + PATH,
                    rule.path().map(PathPattern::toString).orElse(""),
                    "a pattern, or methods, that " + PREFIX + tie.first().name() + " does not have, too;"
                            + " no request may fall under two rules alike");
        }
        return rules.stream().filter(rule -> !tied.contains(rule)).toList();
    }

    private void declare(AnnotatedRule rule) {
        String prefix = PREFIX + rule.name();
        declare(prefix + ".price", rule.price(), rule);
        declare(prefix + ".uses", rule.uses() == 0 ? "" : Long.toString(rule.uses()), rule);
        declare(prefix + ".valid-for", rule.validFor(), rule);
        declare(prefix + ".methods", String.join(",", rule.methods()), rule);
        declare(prefix + ".description", rule.description(), rule);
    }

    private void declare(String property, String value, AnnotatedRule rule) {
        if (!value.isEmpty()) {
            config.declare(property, value, rule.where());
        }
    }

    /** Whoever wrote a price meant something to cost it. */
    private void reportWithoutPath(Set<String> names) {
        for (String property : config.names()) {
            OTHER_KEYS.stream()
                    .filter(key -> property.startsWith(PREFIX)
                            && property.endsWith(key)
                            && property.length() > PREFIX.length() + key.length())
                    .map(key -> property.substring(PREFIX.length(), property.length() - key.length()))
                    .filter(name -> !names.contains(name) && !config.isGuessed(property))
                    .forEach(name -> config.fault(
                            property,
                            config.text(property).orElse(""),
                            "a rule that has a path or that an annotation names: add " + PREFIX + name + PATH
                                    + (names.isEmpty() ? "" : "; the rules there are: " + String.join(", ", names))));
        }
    }

    private Set<String> namesWithPath() {
        Set<String> names = new TreeSet<>();
        for (String property : config.names()) {
            boolean isPath = property.startsWith(PREFIX)
                    && property.endsWith(PATH)
                    && property.length() > PREFIX.length() + PATH.length();
            if (isPath) {
                String name = property.substring(PREFIX.length(), property.length() - PATH.length());
                // LSAT_RULES_MY_RULE_PATH overrides rule my-rule; guessed back from it, my.rule is no rule.
                if (Rule.isName(name) || !config.isGuessed(property)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private Optional<Rule> rule(String name) {
        String prefix = PREFIX + name;
        boolean isAnnotated = annotated.stream().anyMatch(rule -> rule.name().equals(name));
        boolean hasPath = config.text(prefix + PATH).isPresent();
        Optional<PathPattern> path = isAnnotated && !hasPath ? Optional.empty() : path(prefix + PATH);
        boolean byCode =
                config.text(prefix + ".price").filter(PRICED_BY_CODE::equals).isPresent();
        Optional<Price> price = byCode ? Optional.empty() : price(prefix + ".price");
        Set<String> methods = methods(prefix + ".methods");
        ProductTerms terms = new ProductTerms(config, prefix);
        Optional<Long> uses = terms.uses();
        Optional<Duration> validFor = terms.validFor();
        String description = terms.description();
        Allowance allowance = new Allowance(terms.rate(".free"), roles(prefix + ".free-for-roles"));
        Optional<Rate> rate = terms.rate(".rate");
        if (!Rule.isName(name)) {
            reportName(name);
            return Optional.empty();
        }
        boolean free = price.isPresent() && price.get().isFree();
        if (free
                && (uses.isPresent()
                        || validFor.isPresent()
                        || rate.isPresent()
                        || !allowance.equals(Allowance.NONE))) {
            config.fault(
                    prefix + ".price",
                    "free",
                    "a price, or none of uses, valid-for, rate, free and free-for-roles: a free rule sells nothing");
        }
        if ((path.isEmpty() && (hasPath || !isAnnotated)) || (price.isEmpty() && !byCode)) {
            return Optional.empty();
        }
        return Optional.of(new Rule(name, path, methods, price, Plan.of(uses, validFor), description, allowance, rate));
    }

    private void reportName(String name) {
        String where = annotated.stream()
                .filter(rule -> rule.name().equals(name))
                .map(AnnotatedRule::where)
                .findFirst()
                .orElse(PREFIX + name + PATH);
        config.fault(where, name, "rule names are 1 to 64 of a-z 0-9 -");
    }

    private Optional<PathPattern> path(String property) {
        Optional<String> text = config.text(property);
        Optional<PathPattern> path = text.flatMap(PathPattern::parse);
        if (path.isEmpty()) {
            config.fault(property, text.orElse(""), PathPattern.ALLOWED);
        }
        return path;
    }

    private Optional<Price> price(String property) {
        Optional<String> text = config.text(property);
        Optional<Price> price = text.flatMap(Price::parse);
        if (price.isEmpty()) {
            config.fault(property, text.orElse(""), Price.ALLOWED);
        }
        return price;
    }

    private Set<String> roles(String property) {
        Optional<String> text = config.text(property);
        List<String> roles = text.map(ProductTerms::list).orElse(List.of());
        if (roles.contains("") || roles.contains("*")) {
            config.fault(
                    property, text.orElse(""), "roles of the application, comma-separated, for example staff,admin");
            return Set.of();
        }
        return Set.copyOf(new TreeSet<>(roles));
    }

    private Set<String> methods(String property) {
        Optional<String> text = config.text(property);
        if (text.isEmpty()) {
            return Set.of();
        }
        Set<String> methods = new TreeSet<>();
        methods.addAll(ProductTerms.list(text.get()));
        if (!methods.stream().allMatch(method -> method.matches("[A-Z]([A-Z-]{0,30}[A-Z])?"))) {
            config.fault(property, text.get(), METHODS_ALLOWED);
            return Set.of();
        }
        return methods;
    }
}
