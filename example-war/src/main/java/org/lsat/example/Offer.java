package org.lsat.example;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.lsat.jaxrs.Paid;

/**
 * What the page says about a rule or a plan, in the words of the configuration and of the annotation that it overrides: so it is right
 * also where the environment sets another price.
 *
 * @param request an example, for people
 * @param price for example {@code 100 sat}
 * @param buys what one payment buys
 */
record Offer(String request, String description, String price, String buys) {

    /** A rule of the configuration. */
    static Offer of(Config config, String rule, String request) {
        return of(config, rule, Map.of(), request);
    }

    /** The rule of an annotated resource. */
    static Offer of(Config config, Class<?> resource, String request) {
        Paid paid = resource.getAnnotation(Paid.class);
        return of(
                config,
                paid.value(),
                Map.of(
                        "description", paid.description(),
                        "price", paid.price(),
                        "uses", paid.uses() == 0 ? "" : Long.toString(paid.uses()),
                        "valid-for", paid.validFor()),
                request);
    }

    /** A plan of the configuration; its page is where it is sold. */
    static Offer ofPlan(Config config, String name) {
        Function<String, Optional<String>> plan =
                key -> config.getOptionalValue("lsat.plans." + name + "." + key, String.class);
        String what = plan.apply("deposit")
                .map(deposit -> deposit + ", of which each request draws its price")
                .orElseGet(() -> buys(plan.apply("uses"), plan.apply("valid-for")));
        return new Offer(
                "GET /lsat/plans/" + name,
                plan.apply("description").orElse(""),
                plan.apply("price").orElse(""),
                what + ", for " + plan.apply("rules").orElse(""));
    }

    private static Offer of(Config config, String name, Map<String, String> annotated, String request) {
        Function<String, Optional<String>> rule =
                key -> config.getOptionalValue("lsat.rules." + name + "." + key, String.class)
                        .or(() -> Optional.ofNullable(annotated.get(key)).filter(said -> !said.isEmpty()));
        return new Offer(
                request,
                rule.apply("description").orElse(""),
                rule.apply("price").orElse("free"),
                buys(rule.apply("uses"), rule.apply("valid-for"))
                        + rule.apply("free").map(Offer::free).orElse(""));
    }

    /** Of {@code 20/PT1H}. */
    private static String free(String quota) {
        int slash = quota.indexOf('/');
        return "; " + quota.substring(0, slash) + " in " + period(quota.substring(slash + 1)) + " are free";
    }

    static String buys(Optional<String> uses, Optional<String> validFor) {
        Optional<String> period = validFor.map(Offer::period);
        String requests = uses.filter(each -> !each.equals("1"))
                .map(each -> each + " requests")
                .orElse("one request");
        if (uses.isEmpty() && period.isPresent()) {
            return "any number of requests for " + period.get();
        }
        return requests + period.map(each -> " within " + each).orElse("");
    }

    private static String period(String iso) {
        Duration duration = Duration.parse(iso);
        long days = duration.toDays();
        long hours = duration.toHours();
        if (duration.equals(Duration.ofDays(days))) {
            return days == 1 ? "a day" : days + " days";
        }
        if (duration.equals(Duration.ofHours(hours))) {
            return hours == 1 ? "an hour" : hours + " hours";
        }
        return duration.toSeconds() + " seconds";
    }
}
