package org.lsat.jaxrs;

import jakarta.annotation.Priority;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.lsat.config.Settings;
import org.lsat.servlet.MatchedGate;

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

    private final Set<Method> reported = ConcurrentHashMap.newKeySet();

    @Context
    private @Nullable ServletContext servletContext;

    /** Called by Jakarta REST. */
    public PaidFeature() {}

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Method method = resource.getResourceMethod();
        Class<?> type = resource.getResourceClass();
        MethodTerms terms = new MethodTerms(type, method, AnnotatedTypes.in(servletContext));
        boolean generated = new RestAnnotations(type).method(method).isEmpty();
        context.register(new MatchedFilter(terms, generated, type.getName() + '.' + method.getName()), PRIORITY);
        report(type, method, terms.declared());
    }

    private void report(Class<?> type, Method method, Terms terms) {
        ServletContext servlets = servletContext;
        if (servlets == null) {
            return;
        }
        Settings settings = MatchedGate.inForce(servlets).orElse(null);
        if (settings != null && terms.needsGate() && reported.add(method)) {
            Endpoint endpoint = new Endpoint(
                    type, method, terms, MatchedGate.restPath(servlets).orElse(null));
            endpoint.report(settings, LOG);
            ConflictCheck.refuse(endpoint.conflict(settings).stream().toList());
        }
    }
}
