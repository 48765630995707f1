package org.lsat.example;

import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * What the page says about a rule, in the words of the configuration: so it is right also where the environment sets
 * another price.
 *
 * @param request an example, for people
 * @param price for example {@code 100 sat}
 * @param buys what one payment buys
 */
record Offer(String request, String description, String price, String buys) {

    static Offer of(Config config, String rule, String request) {
        String prefix = "lsat.rules." + rule + ".";
        return new Offer(
                request,
                config.getOptionalValue(prefix + "description", String.class).orElse(""),
                config.getOptionalValue(prefix + "price", String.class).orElse("free"),
                buys(
                        config.getOptionalValue(prefix + "uses", String.class),
                        config.getOptionalValue(prefix + "valid-for", String.class)));
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
        long hours = duration.toHours();
        if (duration.equals(Duration.ofDays(duration.toDays()))) {
            return duration.toDays() == 1 ? "a day" : duration.toDays() + " days";
        }
        return duration.equals(Duration.ofHours(hours)) ? hours + " hours" : duration.toSeconds() + " seconds";
    }
}
