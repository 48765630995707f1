package org.lsat.config;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Names and values, wherever they come from.
 *
 * @param names every name that a source lists; may hold names of environment variables, and names guessed back from them
 * @param lookup the effective value of a name, after the specification's order of sources and mapping of environment
 *     variables; {@code null} where there is none
 * @param environment the environment, to tell a misspelt variable from a misspelt property
 */
public record ConfigValues(
        Set<String> names, Function<String, @Nullable String> lookup, Map<String, String> environment) {

    /** Copies the collections. */
    public ConfigValues {
        names = Set.copyOf(names);
        environment = Map.copyOf(environment);
    }

    /** Only these properties; no environment. */
    public static ConfigValues of(Map<String, String> properties) {
        Map<String, String> copy = Map.copyOf(properties);
        return new ConfigValues(copy.keySet(), copy::get, Map.of());
    }
}
