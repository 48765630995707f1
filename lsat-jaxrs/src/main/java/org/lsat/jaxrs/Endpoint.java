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
        RestAnnotations rest = new RestAnnotations(type);
        String httpMethod = rest.method(resourceMethod).orElse("?");
        String path = path(rest);
        String name = httpMethod + ' ' + path + " (" + type.getName() + '.' + resourceMethod.getName() + ')';
        Optional<Rule> rule = terms.rule().flatMap(settings::rule);
        if (rule.isEmpty()) {
            log.log(System.Logger.Level.ERROR, "lsat: " + name + " answers 503 to everybody: " + why());
            return;
        }
        log.log(System.Logger.Level.INFO, "lsat: " + name + ' ' + costs(rule.get(), httpMethod));
        Optional<Rule> byPath = base == null || rest.path().isEmpty()
                ? Optional.empty()
                : settings.prices().rule(path, httpMethod);
        if (byPath.isPresent() && !byPath.get().isFree() && !byPath.get().equals(rule.get())) {
            log.log(
                    System.Logger.Level.ERROR,
                    "lsat: " + name + " answers 503 to everybody: it is annotated with rule "
                            + rule.get().name() + ", and lies under the path of rule "
                            + byPath.get().name() + "; give both one name");
        }
    }

    private static String costs(Rule rule, String httpMethod) {
        String by = " (rule " + rule.name() + ", by annotation)";
        return rule.isFree() || !rule.covers(httpMethod)
                ? "is free" + by
                : "costs " + rule.priceInWords() + " for " + rule.plan().inWords() + by;
    }

    private String why() {
        return terms.kind() == Terms.Kind.CONTRADICTORY
                ? terms.text()
                : "rule " + terms.text() + " was not known at deployment; add lsat.rules." + terms.text()
                        + ".path and .price";
    }

    /** A variable stands for one segment, so that it matches no literal one of a rule's path. */
    private String path(RestAnnotations rest) {
        String template = rest.path().map(Endpoint::segment).orElse("…")
                + rest.path(resourceMethod).map(Endpoint::segment).orElse("");
        return (base == null ? "…" : base) + template;
    }

    private static String segment(String template) {
        String plain = template.replaceAll("\\{\\s*([^:}\\s]+)\\s*(:.*?)?\\}", "{$1}");
        String rooted = plain.startsWith("/") ? plain : '/' + plain;
        return rooted.endsWith("/") ? rooted.substring(0, rooted.length() - 1) : rooted;
    }
}
