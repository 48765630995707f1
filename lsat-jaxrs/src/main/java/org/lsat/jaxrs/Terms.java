package org.lsat.jaxrs;

import java.lang.reflect.AnnotatedElement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What annotations say of a resource.
 *
 * @param text of {@code PAID} the rule's name, of {@code CONTRADICTORY} the reason; else empty
 */
record Terms(Kind kind, String text) {

    /** The four cases. */
    enum Kind {
        /** Sold under a rule. */
        PAID,
        /** Free as far as annotations go. */
        FREE,
        /** Nothing is said. */
        SILENT,
        /** What is said cannot be followed: the resource answers nobody. */
        CONTRADICTORY
    }

    static final Terms FREE = new Terms(Kind.FREE, "");
    static final Terms SILENT = new Terms(Kind.SILENT, "");

    static Terms paid(String rule) {
        return new Terms(Kind.PAID, rule);
    }

    static Terms contradictory(String why) {
        return new Terms(Kind.CONTRADICTORY, why);
    }

    /** What stands on a class or a method itself. */
    static Terms on(AnnotatedElement element) {
        Paid paid = element.getDeclaredAnnotation(Paid.class);
        boolean free = element.getDeclaredAnnotation(Free.class) != null;
        if (paid != null && free) {
            return contradictory("@Paid and @Free stand on one element, " + element);
        }
        return paid != null ? paid(paid.value()) : free ? FREE : SILENT;
    }

    /** What several sources of equal rank say together. */
    static Terms together(List<Terms> sources, String where) {
        Set<Terms> distinct = new LinkedHashSet<>(sources);
        distinct.remove(SILENT);
        return switch (distinct.size()) {
            case 0 -> SILENT;
            case 1 -> distinct.iterator().next();
            default -> contradictory("annotations contradict each other: " + distinct + " of interfaces of " + where);
        };
    }

    boolean isSilent() {
        return kind == Kind.SILENT;
    }

    /** Whether the resource may not be served where the paywall is out of reach. */
    boolean needsGate() {
        return kind == Kind.PAID || kind == Kind.CONTRADICTORY;
    }

    /** The name of the rule of what is sold. */
    Optional<String> rule() {
        return kind == Kind.PAID ? Optional.of(text) : Optional.empty();
    }

    @Override
    public String toString() {
        return switch (kind) {
            case PAID -> "@Paid(\"" + text + "\")";
            case FREE -> "@Free";
            case SILENT -> "nothing";
            case CONTRADICTORY -> text;
        };
    }
}
