package org.lsat.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Registration;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells which requests go to Jakarta REST, by what its specification (section 2.3.2) says of servlets, and by class. */
final class RestServlets {

    private static final String APPLICATION = "jakarta.ws.rs.core.Application";
    private static final String PARAMETER = "jakarta.ws.rs.Application";

    /** RESTEasy's initializer maps a servlet there that serves no application, beside a filter whose pattern is empty. */
    private static final String OF_NO_APPLICATION = "/RESTEASY_";

    private static final List<String> IMPLEMENTATIONS = List.of(
            "org.jboss.resteasy.",
            "org.glassfish.jersey.",
            "org.apache.cxf.",
            // Not all of Open Liberty's: it has a security filter before every application.
            "io.openliberty.restfulWS.",
            "io.openliberty.org.jboss.resteasy.",
            "com.ibm.ws.jaxrs",
            "com.ibm.websphere.jaxrs.");

    private RestServlets() {}

    /** Where Jakarta REST is a filter, any request may be meant for it. */
    static boolean serve(HttpServletRequest request) {
        ServletContext context = request.getServletContext();
        return filters(context) > 0 || isRest(context.getServletRegistration(name(request)), context);
    }

    /** The name of the servlet that the request goes to. */
    static String name(HttpServletRequest request) {
        boolean included = request.getDispatcherType() == DispatcherType.INCLUDE
                && request.getAttribute(RequestDispatcher.INCLUDE_MAPPING) instanceof HttpServletMapping;
        HttpServletMapping mapping = included
                ? (HttpServletMapping) request.getAttribute(RequestDispatcher.INCLUDE_MAPPING)
                : request.getHttpServletMapping();
        return mapping.getServletName();
    }

    /** In how many places Jakarta REST serves. */
    static long count(ServletContext context) {
        return filters(context) + mappings(context).count();
    }

    /** The path below the context path under which Jakarta REST serves; empty where there is not exactly one. */
    static Optional<String> path(ServletContext context) {
        List<String> paths = mappings(context)
                .filter(mapping -> mapping.endsWith("/*") || mapping.equals("/"))
                .map(mapping -> mapping.substring(0, Math.max(0, mapping.length() - 2)))
                .distinct()
                .toList();
        return paths.size() == 1 ? Optional.of(paths.get(0)) : Optional.empty();
    }

    private static Stream<String> mappings(ServletContext context) {
        return context.getServletRegistrations().values().stream()
                .filter(servlet -> isRest(servlet, context))
                .flatMap(servlet -> servlet.getMappings().stream())
                .filter(mapping -> !mapping.startsWith(OF_NO_APPLICATION));
    }

    private static long filters(ServletContext context) {
        return context.getFilterRegistrations().values().stream()
                .filter(filter -> isOfImplementation(filter) && isMapped(filter))
                .count();
    }

    /** Open Liberty has null where there are none. */
    private static boolean isMapped(FilterRegistration filter) {
        Collection<String> servlets = filter.getServletNameMappings();
        Collection<String> patterns = filter.getUrlPatternMappings();
        return (servlets != null && !servlets.isEmpty())
                || (patterns != null && patterns.stream().anyMatch(pattern -> !pattern.isEmpty()));
    }

    private static boolean isRest(@Nullable Registration servlet, ServletContext context) {
        return servlet != null
                && (servlet.getInitParameter(PARAMETER) != null
                        || isOfImplementation(servlet)
                        || isApplication(servlet.getName(), context.getClassLoader()));
    }

    private static boolean isOfImplementation(Registration registration) {
        String name = registration.getClassName();
        return name != null && IMPLEMENTATIONS.stream().anyMatch(name::startsWith);
    }

    private static boolean isApplication(String servletName, ClassLoader loader) {
        try {
            for (Class<?> type = Class.forName(servletName, false, loader); type != null; type = type.getSuperclass()) {
                if (type.getName().equals(APPLICATION)) {
                    return true;
                }
            }
            return false;
        } catch (ClassNotFoundException | LinkageError e) {
            return servletName.equals(APPLICATION);
        }
    }
}
