package org.lsat.jaxrs;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds what annotations say of a resource method. The nearest wins: the method itself, then those of superclasses that it
 * overrides, then those of interfaces, then the class, its superclasses, its interfaces.
 */
final class ResourceTerms {

    private ResourceTerms() {}

    /** What is said of a method, by itself or by the class. */
    static Terms of(Class<?> resource, Method method) {
        // The method's own class, where what is called is a proxy of another one.
        boolean inherited = method.getDeclaringClass().isAssignableFrom(resource);
        Terms byMethod = ofMethod(new Hierarchy(resource), method);
        Terms byOwner = byMethod.isSilent() && !inherited
                ? ofMethod(new Hierarchy(method.getDeclaringClass()), method)
                : byMethod;
        return byOwner.isSilent() ? ofClass(resource) : byOwner;
    }

    /** What is said of a class. */
    static Terms ofClass(Class<?> type) {
        return ofClass(new Hierarchy(type), type);
    }

    /** What is said of a class whose locators led to a resource for which nothing is said. */
    static Terms ofParent(Class<?> type) {
        Terms ofLocators = ofLocators(new Hierarchy(type), new RestAnnotations(type));
        return ofLocators.isSilent() ? ofClass(type) : ofLocators;
    }

    /**
     * An annotation does nothing on a locator, and stops the deployment where that can be seen: not on an interface whose
     * method only its implementation makes a locator.
     */
    private static Terms ofLocators(Hierarchy hierarchy, RestAnnotations rest) {
        return Stream.concat(hierarchy.classes().stream(), hierarchy.interfaces().stream())
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> rest.method(method).isEmpty()
                        && rest.path(method).isPresent()
                        && ofMethod(hierarchy, method).needsGate())
                .findFirst()
                .map(method -> Terms.contradictory("an annotation on " + method
                        + ", which is a sub-resource locator, does nothing: put it on the class that it returns"))
                .orElse(Terms.SILENT);
    }

    private static Terms ofMethod(Hierarchy hierarchy, Method method) {
        for (Class<?> type : hierarchy.classes()) {
            Terms terms = ofMethods(hierarchy.same(method, type));
            if (!terms.isSilent()) {
                return terms;
            }
        }
        Map<Class<?>, Terms> said = new LinkedHashMap<>();
        hierarchy.interfaces().forEach(type -> said.put(type, ofMethods(hierarchy.same(method, type))));
        return nearest(said, method.toString());
    }

    private static Terms ofMethods(List<Method> same) {
        return Terms.together(same.stream().map(Terms::on).toList(), same.toString());
    }

    private static Terms ofClass(Hierarchy hierarchy, Class<?> type) {
        for (Class<?> each : hierarchy.classes()) {
            Terms terms = Terms.on(each);
            if (!terms.isSilent()) {
                return terms;
            }
        }
        Map<Class<?>, Terms> said = new LinkedHashMap<>();
        hierarchy.interfaces().forEach(each -> said.put(each, Terms.on(each)));
        return nearest(said, type.toString());
    }

    /** An interface that extends another is nearer; of those that are left, all have to say one thing. */
    private static Terms nearest(Map<Class<?>, Terms> said, String where) {
        said.values().removeIf(Terms::isSilent);
        List<Terms> nearest = new ArrayList<>();
        said.forEach((type, terms) -> {
            boolean refined = said.keySet().stream().anyMatch(other -> other != type && type.isAssignableFrom(other));
            if (!refined) {
                nearest.add(terms);
            }
        });
        return Terms.together(nearest, where);
    }
}
