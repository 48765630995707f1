package org.lsat.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lsat.config.AnnotatedRule;

/**
 * Registers the filter, so that the JAR in {@code WEB-INF/lib} is enough. An initializer and not a {@code
 * web-fragment.xml}, since servers ignore fragments under {@code metadata-complete="true"}. A faulty configuration stops
 * the deployment here, with all its faults in one message.
 *
 * <p>Where lsat-jaxrs is in the application, its initializer finds the annotated resources, and calls {@link #begin}; the
 * order of the two is not told. Should it never call, the listener begins, and annotated resources are refused.
 */
public final class LsatInitializer implements ServletContainerInitializer {

    private static final String NAME = "lsat";

    /** Its presence means that requests are judged again after matching. */
    private static final String MATCHED_GATE = "org.lsat.jaxrs.PaidInitializer";

    /** Called by the container; public because {@link java.util.ServiceLoader} wants it so. */
    public LsatInitializer() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        try {
            register(context);
            if (Deployment.in(context).isEmpty() && !hasMatchedGate(context)) {
                PlansServlet.add(context, Deployment.configure(context, Optional.empty()));
            }
        } catch (ServletException e) {
            throw stop(e);
        }
    }

    /**
     * Registers the filter, and reads the configuration.
     *
     * @param annotated what annotations of the application say of rules
     * @throws IllegalStateException with all faults of the configuration; let it leave the caller's initializer
     */
    public static void begin(ServletContext context, List<AnnotatedRule> annotated) {
        try {
            register(context);
            if (Deployment.in(context).isEmpty()) {
                PlansServlet.add(context, Deployment.configure(context, Optional.of(annotated)));
            }
        } catch (ServletException e) {
            throw stop(e);
        }
    }

    /** Unchecked: of a {@code ServletException} Open Liberty makes a warning, and serves the application all the same. */
    private static IllegalStateException stop(ServletException why) {
        return new IllegalStateException(why.getMessage(), why);
    }

    static boolean hasMatchedGate(ServletContext context) {
        try {
            Class.forName(MATCHED_GATE, false, context.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static void register(ServletContext context) throws ServletException {
        if (Registration.isDone(context)) {
            return;
        }
        Registration.done(context);
        FilterRegistration filter = declared(context);
        if (filter == null) {
            filter = added(context);
        }
        // Before the mappings of web.xml: what they do, they shall do only for requests that may be served.
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        if (filter instanceof FilterRegistration.Dynamic dynamic) {
            dynamic.setAsyncSupported(true);
        }
        context.addListener(new LsatListener());
        if (StrayPathListener.isNeeded(context)) {
            context.addListener(new StrayPathListener());
        }
    }

    private static @Nullable FilterRegistration declared(ServletContext context) {
        return context.getFilterRegistrations().values().stream()
                .filter(filter -> LsatFilter.class.getName().equals(filter.getClassName()))
                .findFirst()
                .orElse(null);
    }

    private static FilterRegistration added(ServletContext context) throws ServletException {
        // By class: a filter given as an instance gets no injection on most servers.
        FilterRegistration.@Nullable Dynamic added = context.addFilter(NAME, LsatFilter.class);
        if (added == null) {
            throw new ServletException("lsat: the application has a filter named \"" + NAME
                    + "\" of another class; rename it, or declare " + LsatFilter.class.getName() + " under that name");
        }
        return added;
    }
}
