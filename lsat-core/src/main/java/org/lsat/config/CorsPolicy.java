package org.lsat.config;

import java.util.Set;

/**
 * Which browsers may read what is answered to pages of other origins.
 *
 * @param origins as in {@code lsat.cors.origins}; {@code *} for all
 * @param leftToApplication whether the application answers preflights, and sets the fields of its own answers
 */
public record CorsPolicy(Set<String> origins, boolean leftToApplication) {

    /** For all origins. */
    public static final String ANY = "*";

    /** Copies the origins. */
    public CorsPolicy {
        origins = Set.copyOf(origins);
    }

    /** Whether pages of an origin may read answers. */
    public boolean allows(String origin) {
        return origins.contains(ANY) || origins.contains(origin);
    }
}
