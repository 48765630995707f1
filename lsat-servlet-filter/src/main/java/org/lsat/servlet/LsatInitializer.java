package org.lsat.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers the filter, so that the JAR in {@code WEB-INF/lib} is enough. An initializer and not a {@code
 * web-fragment.xml}, since servers ignore fragments under {@code metadata-complete="true"}. A faulty configuration stops
 * the deployment here, with all its faults in one message.
 */
public final class LsatInitializer implements ServletContainerInitializer {

    private static final String NAME = "lsat";

    /** Called by the container; public because {@link java.util.ServiceLoader} wants it so. */
    public LsatInitializer() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        try {
            install(context);
        } catch (ServletException e) {
            // Unchecked: of a ServletException Open Liberty makes a warning, and serves the application without us.
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static void install(ServletContext context) throws ServletException {
        if (Deployment.isIn(context)) {
            return;
        }
        Deployment deployment = Deployment.configure(context);
        if (!deployment.isEnabled()) {
            return;
        }
        FilterRegistration filter = declared(context);
        if (filter == null) {
            filter = register(context);
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

    private static FilterRegistration register(ServletContext context) throws ServletException {
        // By class: a filter given as an instance gets no injection on most servers.
        FilterRegistration.@Nullable Dynamic added = context.addFilter(NAME, LsatFilter.class);
        if (added == null) {
            throw new ServletException("lsat: the application has a filter named \"" + NAME
                    + "\" of another class; rename it, or declare " + LsatFilter.class.getName() + " under that name");
        }
        return added;
    }
}
