package org.lsat.rules;

import java.util.Optional;
import java.util.Set;

/**
 * Which requests of a priced rule are free.
 *
 * @param quota so many requests of each client network, before the first payment; empty for none
 * @param roles of users of whom nothing is asked
 */
public record Allowance(Optional<Rate> quota, Set<String> roles) {

    /** None. */
    public static final Allowance NONE = new Allowance(Optional.empty(), Set.of());

    /** Copies the roles. */
    public Allowance {
        roles = Set.copyOf(roles);
    }
}
