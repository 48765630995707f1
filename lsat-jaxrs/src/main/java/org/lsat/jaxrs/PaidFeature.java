package org.lsat.jaxrs;

import jakarta.annotation.Priority;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lsat.config.Settings;
import org.lsat.servlet.MatchedGate;
import org.lsat.servlet.RestPlace;

/**
 * Puts the second gate in front of every resource method, annotated or not: one of which nothing is said may have been
 * matched from a path that has a price. Found as a service, so that it is there also for an {@code Application} that lists its
 * classes. The priority is a rare one, since RESTEasy drops one of two services of equal priority.
 *
 * <p>Not final, and without anything injected but what Jakarta REST itself does: some servers make a CDI bean of it.
 */
@Provider
@Priority(RestRuntime.PRIORITY)
public class PaidFeature implements DynamicFeature {

    /**
     * After the application's own authentication and authorization, which may refuse a request before anything is sold; before
     * all else.
     */
    private static final int PRIORITY = Priorities.AUTHORIZATION + 500;

    private static final System.Logger LOG = System.getLogger("org.lsat");

    private final Set<Endpoint> reported = ConcurrentHashMap.newKeySet();

    @Context
    private @Nullable ServletContext servletContext;

    @Context
    private @Nullable ServletConfig servlet;

    @Context
    private @Nullable FilterConfig filter;

    /** Called by Jakarta REST. */
    public PaidFeature() {}

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Method method = resource.getResourceMethod();
        Class<?> type = resource.getResourceClass();
        MethodTerms terms = new MethodTerms(type, method, AnnotatedTypes.in(servletContext));
        boolean generated = new RestAnnotations(type).method(method).isEmpty();
        String name = type.getName() + '.' + method.getName();
        context.register(new MatchedFilter(terms, generated, name, this::isEnforced), PRIORITY);
        report(type, method, terms.declared());
    }

    /** Asked late, since Jakarta REST may start before the paywall; where it is not told, it is. */
    private boolean isEnforced() {
        ServletContext servlets = servletContext;
        try {
            return servlets == null
                    || MatchedGate.settings(servlets).map(Settings::enforced).orElse(true);
        } catch (RuntimeException e) {
            return true;
        }
    }

    private void report(Class<?> type, Method method, Terms terms) {
        ServletContext servlets = servletContext;
        if (servlets == null) {
            return;
        }
        Optional<String> place = place();
        Settings settings = MatchedGate.inForce(servlets, place).orElse(null);
        if (settings != null && terms.needsGate()) {
            report(new Endpoint(type, method, terms, base(servlets, place)), settings, servlets);
        }
    }

    /**
     * Once for each application in which the resource is.
     *
     * @throws IllegalStateException for a resource of two prices
     */
    private void report(Endpoint endpoint, Settings settings, ServletContext servlets) {
        if (reported.add(endpoint)) {
            endpoint.report(settings, LOG);
            endpoint.conflict(settings).ifPresent(conflict -> {
                MatchedGate.sellNothing(servlets, conflict);
                ConflictCheck.refuse(List.of(conflict));
            });
        }
    }

    /** What the application that starts now is served by. */
    private Optional<String> place() {
        return told(servlet, ServletConfig::getServletName)
                .map(MatchedGate::servletPlace)
                .or(() -> told(filter, FilterConfig::getFilterName).map(MatchedGate::filterPlace));
    }

    /** RESTEasy injects something that throws where there is nothing. */
    private static <T> Optional<String> told(@Nullable T config, Function<T, String> name) {
        try {
            return Optional.ofNullable(config).map(name);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Null where it is not told, or where there are several. */
    private static @Nullable String base(ServletContext servlets, Optional<String> place) {
        List<String> paths = MatchedGate.restPlaces(servlets).stream()
                .filter(each -> place.isEmpty() || place.get().equals(each.name()))
                .map(RestPlace::path)
                .distinct()
                .toList();
        return paths.size() == 1 ? paths.get(0) : null;
    }
}
