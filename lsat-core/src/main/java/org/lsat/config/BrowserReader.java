package org.lsat.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.lsat.rules.PathParameters;

/** Reads {@code lsat.cors}, {@code lsat.cors.origins} and {@code lsat.paths.allow}. */
final class BrowserReader {

    private static final String ORIGINS = "lsat.cors.origins";
    private static final String APPLICATION = "application";
    private static final String PATHS = "lsat.paths.allow";

    private final ConfigReader config;

    BrowserReader(ConfigReader config) {
        this.config = config;
    }

    CorsPolicy cors() {
        boolean leftToApplication =
                config.oneOf("lsat.cors", List.of(APPLICATION)).isPresent();
        Set<String> origins = new TreeSet<>(words(ORIGINS));
        for (String origin : origins) {
            if (!origin.equals(CorsPolicy.ANY)
                    && !origin.matches("https?://[a-z0-9.-]+(:[0-9]{1,5})?|https?://\\[[0-9a-f:.]+\\](:[0-9]{1,5})?")) {
                config.fault(
                        ORIGINS,
                        origin,
                        "origins, comma-separated, as browsers send them: https://shop.example or"
                                + " http://localhost:3000, in lower case, without a path; or * for all");
            }
        }
        return new CorsPolicy(origins, leftToApplication);
    }

    Set<PathParameters> allowedParameters() {
        Set<PathParameters> allowed = EnumSet.noneOf(PathParameters.class);
        for (String word : words(PATHS)) {
            Optional<PathParameters> parameters = Arrays.stream(PathParameters.values())
                    .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst();
            if (parameters.isEmpty()) {
                config.fault(PATHS, word, "allowed are jsessionid, matrix, comma-separated");
            }
            parameters.ifPresent(allowed::add);
        }
        return allowed;
    }

    private List<String> words(String property) {
        List<String> words = new ArrayList<>();
        config.text(property)
                .ifPresent(text ->
                        Arrays.stream(text.split(",", -1)).map(String::strip).forEach(words::add));
        return words;
    }
}
