package org.lsat.rules;

import java.util.List;
import java.util.Optional;

/**
 * A product beside the rules: one payment opens several of them.
 *
 * @param name {@code [a-z0-9-]+}, no rule's
 * @param price not free
 * @param rules that it opens, by name, in the order in which they were written
 * @param rate how fast one payment may be used; empty for no limit
 * @param description for people; may be empty
 */
public record NamedPlan(
        String name, Price price, Plan plan, List<String> rules, Optional<Rate> rate, String description)
        implements Product {

    /** Copies the rules. */
    public NamedPlan {
        rules = List.copyOf(rules);
    }
}
