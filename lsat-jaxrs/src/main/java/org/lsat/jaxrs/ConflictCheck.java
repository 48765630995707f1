package org.lsat.jaxrs;

import jakarta.servlet.ServletContext;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.lsat.config.Settings;
import org.lsat.servlet.MatchedGate;

/**
 * Refuses to start an application in which a resource is annotated with one rule and lies under the path of another: the filter
 * would sell the one, and the second gate ask for the other. What only Jakarta REST itself tells, {@link PaidFeature} hears.
 */
final class ConflictCheck implements Runnable {

    private final ServletContext context;
    private final List<Class<?>> annotated;

    /**
     * A check.
     *
     * @param context as an initializer gets it: that of a listener's event does not tell which servlets there are
     */
    ConflictCheck(ServletContext context, List<Class<?>> annotated) {
        this.context = context;
        this.annotated = List.copyOf(annotated);
    }

    @Override
    public void run() {
        Optional<Settings> settings = MatchedGate.settings(context);
        Optional<String> base = MatchedGate.restPath(context);
        if (settings.isPresent() && base.isPresent()) {
            refuse(annotated.stream()
                    .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                    .flatMap(type -> endpoints(type, base.get()))
                    .flatMap(endpoint -> endpoint.conflict(settings.get()).stream())
                    .toList());
        }
    }

    /**
     * Does nothing if there are none.
     *
     * @throws IllegalStateException with all of them
     */
    static void refuse(List<String> conflicts) {
        if (!conflicts.isEmpty()) {
            throw new IllegalStateException("lsat: resources of two prices:\n  " + String.join("\n  ", conflicts));
        }
    }

    private static Stream<Endpoint> endpoints(Class<?> type, String base) {
        RestAnnotations rest = new RestAnnotations(type);
        return Arrays.stream(type.getMethods())
                .filter(method -> !method.isBridge() && rest.method(method).isPresent())
                .map(method -> endpoint(type, method, base));
    }

    private static Endpoint endpoint(Class<?> type, Method method, String base) {
        return new Endpoint(type, method, ResourceTerms.of(type, method), base);
    }
}
