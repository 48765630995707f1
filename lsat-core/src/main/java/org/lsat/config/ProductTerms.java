package org.lsat.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lsat.rules.Rate;

/** What rules and named plans say alike: the properties below one prefix. */
record ProductTerms(ConfigReader config, String prefix) {

    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final long MOST_USES = 1_000_000_000;

    Optional<Long> uses() {
        return config.number(prefix + ".uses", 1, MOST_USES);
    }

    Optional<Duration> validFor() {
        return config.duration(prefix + ".valid-for", Duration.ofSeconds(1), LONGEST);
    }

    String description() {
        return config.text(prefix + ".description").orElse("");
    }

    /** Empty where it is not limited. */
    Optional<Rate> rate(String key) {
        Optional<String> text = config.text(prefix + key);
        Optional<Rate> rate = text.flatMap(Rate::parse).filter(parsed -> !parsed.isUnlimited());
        if (text.isPresent() && rate.isEmpty()) {
            config.fault(prefix + key, text.get(), "<requests>/<duration to refill them>, for example 20/PT1H");
        }
        return rate;
    }

    static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }
}
