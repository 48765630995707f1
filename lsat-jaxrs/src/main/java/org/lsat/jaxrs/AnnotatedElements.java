package org.lsat.jaxrs;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.lsat.config.AnnotatedRule;

/**
 * A class and those of its methods on which {@link Paid} or {@link Free} stands.
 *
 * @param methods in the order of their names, without bridges, which only repeat what stands on others
 */
record AnnotatedElements(Class<?> type, List<Method> methods) {

    /**
     * Reads a class.
     *
     * @throws LinkageError if something is absent that it names
     */
    static AnnotatedElements of(Class<?> type) {
        return new AnnotatedElements(
                type,
                Arrays.stream(type.getDeclaredMethods())
                        .filter(method ->
                                !method.isBridge() && !Terms.on(method).isSilent())
                        .sorted(Comparator.comparing(Method::toString))
                        .toList());
    }

    /** How messages name a method. */
    String name(Method method) {
        return type.getName() + '.' + method.getName();
    }

    /** Whether anything here is to cost something. */
    boolean isPriced() {
        return elements().anyMatch(element -> element.isAnnotationPresent(Paid.class));
    }

    private Stream<AnnotatedElement> elements() {
        return Stream.concat(Stream.of(type), methods.stream());
    }

    List<String> contradictions() {
        return elements()
                .filter(element -> Terms.on(element).kind() == Terms.Kind.CONTRADICTORY)
                .map(element ->
                        "@Paid and @Free on " + (element instanceof Method method ? name(method) : type.getName())
                                + ": take one of them away")
                .toList();
    }

    List<AnnotatedRule> rules() {
        Stream<AnnotatedRule> ofClass = type.isAnnotationPresent(Paid.class)
                ? Stream.of(rule(type.getDeclaredAnnotation(Paid.class), type.getName()))
                : Stream.empty();
        Stream<AnnotatedRule> ofMethods = methods.stream()
                .filter(method -> method.isAnnotationPresent(Paid.class))
                .map(method -> rule(method.getDeclaredAnnotation(Paid.class), name(method)));
        return Stream.concat(ofClass, ofMethods).toList();
    }

    private static AnnotatedRule rule(Paid paid, String where) {
        return new AnnotatedRule(
                "@Paid on " + where,
                paid.value(),
                paid.price(),
                paid.uses(),
                paid.validFor(),
                List.of(paid.methods()),
                paid.description());
    }
}
