package org.lsat.jaxrs;

import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lsat.config.Settings;
import org.lsat.rules.Rule;

/**
 * A priced resource method, for the inventory in the log.
 *
 * @param base the path of Jakarta REST below the context path; {@code null} where that cannot be told
 */
record Endpoint(
        Class<?> type,
        Method resourceMethod,
        Terms terms,
        @Nullable String base) {

    void report(Settings settings, System.Logger log) {
        Optional<Rule> rule = terms.rule().flatMap(settings::rule);
        if (rule.isEmpty()) {
            log.log(System.Logger.Level.ERROR, "lsat: " + name() + " answers 503 to everybody: " + why());
        } else {
            log.log(System.Logger.Level.INFO, "lsat: " + name() + ' ' + costs(rule.get(), httpMethod()));
        }
    }

    /**
     * Says that its path has a price of its own, and of another rule. The filter would sell the one, and the second gate
     * ask for the other: who paid would be refused.
     */
    Optional<String> conflict(Settings settings) {
        Optional<Rule> rule = terms.rule().flatMap(settings::rule).filter(priced -> isPriced(priced, httpMethod()));
        if (rule.isEmpty() || base == null || rest().path().isEmpty()) {
            return Optional.empty();
        }
        return settings.prices()
                .rule(path(), httpMethod())
                .filter(byPath -> !byPath.isFree() && !byPath.equals(rule.get()))
                .map(byPath -> name() + " is annotated with rule " + rule.get().name()
                        + ", and lies under the path of rule " + byPath.name() + "; give both one name");
    }

    private RestAnnotations rest() {
        return new RestAnnotations(type);
    }

    private String httpMethod() {
        return rest().method(resourceMethod).orElse("?");
    }

    private String name() {
        return httpMethod() + ' ' + path() + " (" + type.getName() + '.' + resourceMethod.getName() + ')';
    }

    private static boolean isPriced(Rule rule, String httpMethod) {
        return !rule.isFree() && rule.covers(httpMethod);
    }

    private static String costs(Rule rule, String httpMethod) {
        String by = " (rule " + rule.name() + ", by annotation)";
        return isPriced(rule, httpMethod)
                ? "costs " + rule.priceInWords() + " for " + rule.plan().inWords() + by
                : "is free" + by;
    }

    private String why() {
        return terms.kind() == Terms.Kind.CONTRADICTORY
                ? terms.text()
                : "rule " + terms.text() + " was not known at deployment; add lsat.rules." + terms.text()
                        + ".path and .price";
    }

    /** What a locator leads to has no path of its own. A variable stands for one segment, so that it matches no literal one of a rule's path. */
    private String path() {
        RestAnnotations rest = rest();
        String ofMethod = rest.path(resourceMethod).map(Endpoint::segment).orElse("");
        return rest.path()
                .map(template -> (base == null ? "…" : base) + segment(template) + ofMethod)
                .orElse("…" + ofMethod);
    }

    private static String segment(String template) {
        String plain = template.replaceAll("\\{\\s*([^:}\\s]+)\\s*(:.*?)?\\}", "{$1}");
        String rooted = plain.startsWith("/") ? plain : '/' + plain;
        return rooted.endsWith("/") ? rooted.substring(0, rooted.length() - 1) : rooted;
    }
}
