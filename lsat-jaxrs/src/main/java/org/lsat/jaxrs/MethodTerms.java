package org.lsat.jaxrs;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What annotations say of one resource method. Where Jakarta REST's own annotations stand on an interface or a superclass,
 * RESTEasy takes that for the resource's class, and ours may stand on the class that implements it: which one that is, only
 * a matched request tells. Thread-safe.
 */
final class MethodTerms {

    private final Class<?> type;
    private final Method method;
    private final AnnotatedTypes annotated;
    private final Terms declared;

    // Found once, and kept here: a ClassValue is kept by the class, and one of the server's own, as answer OPTIONS,
    // would keep
    // the class loader of the application.
    private final Map<Class<?>, Terms> ofImplementations = new ConcurrentHashMap<>();
    private final Map<Class<?>, Terms> ofClasses = new ConcurrentHashMap<>();
    private final Map<Class<?>, Terms> ofParents = new ConcurrentHashMap<>();

    MethodTerms(Class<?> type, Method method, AnnotatedTypes annotated) {
        this.type = type;
        this.method = method;
        this.annotated = annotated;
        this.declared = ResourceTerms.of(type, method);
    }

    /** What Jakarta REST's class of the resource says. */
    Terms declared() {
        return declared;
    }

    /**
     * What the class says that answers.
     *
     * @param matched the resources that were matched, the last one first
     */
    Terms of(List<Object> matched) {
        return ofImplementations.computeIfAbsent(
                matched.isEmpty() ? type : type(matched.get(0)), this::ofImplementation);
    }

    private Terms ofImplementation(Class<?> matched) {
        Terms implemented =
                method.getDeclaringClass().isAssignableFrom(matched) ? ResourceTerms.of(matched, method) : Terms.SILENT;
        Terms seen = implemented.isSilent() ? declared : implemented;
        return AnnotatedTypes.tellsItsClass(type)
                ? seen
                : annotated.behind(matched, seen, behind -> ResourceTerms.of(behind, method));
    }

    /** What the class says whose locators led to a resource for which nothing is said. */
    Terms ofParents(List<Object> matched) {
        boolean isParent = false;
        for (Object resource : matched) {
            Terms terms = isParent
                    ? ofParents.computeIfAbsent(type(resource), this::ofParent)
                    : ofClasses.computeIfAbsent(type(resource), ResourceTerms::ofClass);
            if (!terms.isSilent()) {
                return terms;
            }
            isParent = true;
        }
        return Terms.SILENT;
    }

    private Terms ofParent(Class<?> parent) {
        return annotated.behind(parent, ResourceTerms.ofParent(parent), ResourceTerms::ofParent);
    }

    /** Of a matched resource, which may be told by its class alone. */
    private static Class<?> type(Object resource) {
        return resource instanceof Class<?> type ? type : resource.getClass();
    }
}
