package org.lsat.rules;

import java.util.Optional;
import java.util.Set;

/**
 * A named price for requests. The name is signed into every token that is sold under it: it is a product number, never to
 * be given to something dearer.
 *
 * @param name {@code [a-z0-9-]+}
 * @param path the requests that fall under it; empty where only annotated resources do
 * @param methods upper case; empty for every method. GET implies HEAD
 * @param price of every request; empty where a {@code PriceSource} prices each of them
 * @param description for people; may be empty
 * @param allowance which requests are free although the rule has a price
 * @param rate how fast one payment may be used; empty for no limit
 */
public record Rule(
        String name,
        Optional<PathPattern> path,
        Set<String> methods,
        Optional<Price> price,
        Plan plan,
        String description,
        Allowance allowance,
        Optional<Rate> rate)
        implements Product {

    /** Copies the methods. */
    public Rule {
        methods = Set.copyOf(methods);
    }

    /** Without an allowance, and without a limit on holders. */
    public Rule(
            String name,
            Optional<PathPattern> path,
            Set<String> methods,
            Optional<Price> price,
            Plan plan,
            String description) {
        this(name, path, methods, price, plan, description, Allowance.NONE, Optional.empty());
    }

    /** Whether {@code name} may name a rule. */
    public static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= 64
                && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }

    /** Whether it asks no price of any request. */
    public boolean isFree() {
        return price.isPresent() && price.get().isFree();
    }

    /** What it costs, for people: {@code 10 sat}, {@code free}, or that code decides. */
    public String priceInWords() {
        return price.map(Price::toString).orElse("priced by code");
    }

    /** Whether some request falls under the methods of both. */
    boolean sharesMethodWith(Rule other) {
        return methods.isEmpty()
                || other.methods.isEmpty()
                || methods.stream().anyMatch(other::covers)
                || other.methods.stream().anyMatch(this::covers);
    }

    /**
     * Whether requests of {@code method} fall under this rule. The comparison ignores ASCII case although methods are
     * case-sensitive (RFC 9110 section 9.1): an application that takes {@code get} for GET must not give it away.
     */
    public boolean covers(String method) {
        if (methods.isEmpty()) {
            return true;
        }
        for (String listed : methods) {
            if (isSame(listed, method) || (listed.equals("GET") && isSame("HEAD", method))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSame(String upperCase, String method) {
        if (upperCase.length() != method.length()) {
            return false;
        }
        for (int i = 0; i < method.length(); i++) {
            char c = method.charAt(i);
            if ((c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c) != upperCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
