package org.lsat.jaxrs;

import java.lang.reflect.Method;
import java.util.List;

/**
 * What annotations say of one resource method. Where Jakarta REST's own annotations stand on an interface or a superclass,
 * RESTEasy takes that for the resource's class, and ours may stand on the class that implements it: which one that is, only
 * a matched request tells. Thread-safe.
 */
final class MethodTerms {

    private final Method method;
    private final Terms declared;

    /** Kept with the class, so that it goes when the application goes. */
    private final ClassValue<Terms> ofImplementations = new ClassValue<>() {
        @Override
        protected Terms computeValue(Class<?> type) {
            Terms implemented =
                    method.getDeclaringClass().isAssignableFrom(type) ? ResourceTerms.of(type, method) : Terms.SILENT;
            return implemented.isSilent() ? declared : implemented;
        }
    };

    MethodTerms(Class<?> type, Method method) {
        this.method = method;
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
        return matched.isEmpty() ? declared : ofImplementations.get(ResourceTerms.type(matched.get(0)));
    }
}
