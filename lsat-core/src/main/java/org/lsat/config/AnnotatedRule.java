package org.lsat.config;

import java.util.List;

/**
 * What an annotation of the application says of a rule. Every property {@code lsat.rules.<name>.*} overrides it. An
 * annotation that says no more than the name refers to a rule that a property or another annotation prices.
 *
 * @param where the annotated element, for messages
 * @param price as in {@code lsat.rules.<name>.price}; empty where it says nothing
 * @param uses 0 where it says nothing
 * @param validFor as in {@code lsat.rules.<name>.valid-for}; empty where it says nothing
 * @param methods in capitals; empty where it says nothing
 * @param description empty where it says nothing
 */
public record AnnotatedRule(
        String where, String name, String price, long uses, String validFor, List<String> methods, String description) {

    /** Copies the methods. */
    public AnnotatedRule {
        methods = List.copyOf(methods);
    }
}
