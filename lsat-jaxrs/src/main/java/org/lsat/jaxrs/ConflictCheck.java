package org.lsat.jaxrs;

import jakarta.servlet.ServletContext;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.lsat.config.Settings;
import org.lsat.servlet.MatchedGate;
import org.lsat.servlet.RestPlace;

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
        List<RestPlace> places = MatchedGate.restPlaces(context);
        boolean several = places.stream().map(RestPlace::name).distinct().count() > 1;
        MatchedGate.settings(context)
                .ifPresent(settings -> refuse(places.stream()
                        .flatMap(place -> conflicts(place, several, settings))
                        .distinct()
                        .toList()));
    }

    private Stream<String> conflicts(RestPlace place, boolean several, Settings settings) {
        return annotated.stream()
                .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                .flatMap(type -> {
                    List<String> conflicts = endpoints(type, place.path())
                            .flatMap(endpoint -> endpoint.conflict(settings).stream())
                            .toList();
                    return conflicts.isEmpty() || !serves(place, several, type) ? Stream.of() : conflicts.stream();
                });
    }

    /**
     * Asked only about a resource on which it depends whether the application starts. Which of several serves it, and does not
     * list its classes in an {@code Application}, shows when Jakarta REST starts.
     */
    private boolean serves(RestPlace place, boolean several, Class<?> type) {
        return place.application()
                .flatMap(name -> ListedClasses.of(name, context.getClassLoader()))
                .map(listed -> listed.has(type))
                .orElse(!several);
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
