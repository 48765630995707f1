package org.lsat.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.lsat.rules.PathPattern;
import org.lsat.rules.Plan;
import org.lsat.rules.Price;
import org.lsat.rules.PriceTable;
import org.lsat.rules.Rule;

/** Rules from {@code lsat.rules.<name>.*}; a rule is there if a dotted name ends in {@code .path}. */
final class RulesReader {

    private static final String PREFIX = "lsat.rules.";
    private static final String PATH = ".path";
    private static final String METHODS_ALLOWED = "methods in capitals, comma-separated, for example GET,POST";
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final long MOST_USES = 1_000_000_000;

    private final ConfigReader config;

    RulesReader(ConfigReader config) {
        this.config = config;
    }

    List<Rule> read() {
        List<Rule> rules = new ArrayList<>();
        for (String name : names()) {
            rule(name).ifPresent(rules::add);
        }
        Set<Rule> tied = new HashSet<>();
        for (PriceTable.Tie tie : PriceTable.ties(rules)) {
            Rule rule = tie.second();
            tied.add(rule);
            config.fault(
                    PREFIX + rule.name() + PATH,
                    rule.path().toString(),
                    "a pattern, or methods, that " + PREFIX + tie.first().name() + " does not have, too;"
                            + " no request may fall under two rules alike");
        }
        return rules.stream().filter(rule -> !tied.contains(rule)).toList();
    }

    private Set<String> names() {
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
        if (names.isEmpty()) {
            config.fault(
                    PREFIX + "<name>" + PATH, "", "at least one rule, for example lsat.rules.forecast.path=/api/*");
        }
        return names;
    }

    private Optional<Rule> rule(String name) {
        String prefix = PREFIX + name;
        Optional<PathPattern> path = path(prefix + PATH);
        Optional<Price> price = price(prefix + ".price");
        Set<String> methods = methods(prefix + ".methods");
        Optional<Long> uses = config.number(prefix + ".uses", 1, MOST_USES);
        Optional<Duration> validFor = config.duration(prefix + ".valid-for", Duration.ofSeconds(1), LONGEST);
        String description = config.text(prefix + ".description").orElse("");
        if (!Rule.isName(name)) {
            config.fault(prefix + PATH, config.text(prefix + PATH).orElse(""), "rule names are 1 to 64 of a-z 0-9 -");
            return Optional.empty();
        }
        boolean free = price.isPresent() && price.get().isFree();
        if (free && (uses.isPresent() || validFor.isPresent())) {
            config.fault(
                    prefix + ".price", "free", "a price, or neither uses nor valid-for: a free rule sells nothing");
        }
        if (path.isEmpty() || price.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Rule(name, path.get(), methods, price.get(), Plan.of(uses, validFor), description));
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

    private Set<String> methods(String property) {
        Optional<String> text = config.text(property);
        if (text.isEmpty()) {
            return Set.of();
        }
        Set<String> methods = new TreeSet<>();
        Arrays.stream(text.get().split(",", -1)).map(String::strip).forEach(methods::add);
        if (!methods.stream().allMatch(method -> method.matches("[A-Z]([A-Z-]{0,30}[A-Z])?"))) {
            config.fault(property, text.get(), METHODS_ALLOWED);
            return Set.of();
        }
        return methods;
    }
}
