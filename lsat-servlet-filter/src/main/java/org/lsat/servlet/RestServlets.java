package org.lsat.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Registration;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells which requests go to Jakarta REST, by what its specification (section 2.3.2) says of servlets, by class, and by
 * parameters. A servlet or a filter of the application's own that hands requests on, and has none of these, is not found.
 */
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

    /** How the names of parameters begin that are meant for an implementation. */
    private static final List<String> PARAMETERS = List.of("jakarta.ws.rs.", "jersey.config.", "resteasy.");

    /** The base path of Jakarta REST as a filter, which its URL patterns do not tell. */
    private static final List<String> FILTER_PATHS =
            List.of("jersey.config.servlet.filter.contextPath", "resteasy.servlet.mapping.prefix");

    private RestServlets() {}

    /**
     * The names of all that may answer this request by Jakarta REST; none if it does not go there. Where Jakarta REST is a
     * filter, any request may be meant for it.
     */
    static Set<String> serving(HttpServletRequest request) {
        ServletContext context = request.getServletContext();
        Set<String> names =
                filters(context).map(filter -> filterName(filter.getName())).collect(Collectors.toSet());
        String servlet = mapping(request).getServletName();
        if (isRest(context.getServletRegistration(servlet), context)) {
            names.add(servletName(servlet));
        }
        return names;
    }

    /**
     * The paths below the context path under which Jakarta REST may serve this request, without a slash at the end; empty
     * where that is not told.
     */
    static Set<String> bases(HttpServletRequest request) {
        ServletContext context = request.getServletContext();
        Set<String> bases =
                filters(context).map(filter -> place(filter, context).path()).collect(Collectors.toSet());
        String servlet = mapping(request).getServletName();
        if (bases.isEmpty() || isRest(context.getServletRegistration(servlet), context)) {
            base(request).ifPresent(bases::add);
        }
        return bases;
    }

    /** The path below the context path of the servlet that the request goes to, whatever it is. */
    static Optional<String> base(HttpServletRequest request) {
        return base(mapping(request).getPattern());
    }

    private static Optional<String> base(@Nullable String pattern) {
        return pattern != null && (pattern.endsWith("/*") || pattern.equals("/"))
                ? Optional.of(pattern.substring(0, Math.max(0, pattern.length() - 2)))
                : Optional.empty();
    }

    /** How {@link RestPlace#name} and {@link #serving} name a servlet. */
    static String servletName(String name) {
        return "servlet " + name;
    }

    /** How they name a filter. */
    static String filterName(String name) {
        return "filter " + name;
    }

    private static HttpServletMapping mapping(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.INCLUDE
                        && request.getAttribute(RequestDispatcher.INCLUDE_MAPPING)
                                instanceof HttpServletMapping included
                ? included
                : request.getHttpServletMapping();
    }

    /** The names of all servlets and filters by which Jakarta REST serves. */
    static Set<String> names(ServletContext context) {
        return Stream.concat(
                        filters(context).map(filter -> filterName(filter.getName())),
                        servlets(context)
                                .filter(servlet -> mappings(servlet).findAny().isPresent())
                                .map(servlet -> servletName(servlet.getName())))
                .collect(Collectors.toSet());
    }

    /** The paths under which Jakarta REST serves, as far as they are told. */
    static List<RestPlace> places(ServletContext context) {
        return Stream.concat(
                        servlets(context).flatMap(servlet -> places(servlet, context)),
                        filters(context).map(filter -> place(filter, context)))
                .toList();
    }

    private static Stream<RestPlace> places(ServletRegistration servlet, ServletContext context) {
        return mappings(servlet)
                .flatMap(mapping -> base(mapping).stream())
                .map(path -> new RestPlace(servletName(servlet.getName()), path, application(servlet, context)));
    }

    private static RestPlace place(FilterRegistration filter, ServletContext context) {
        String path = FILTER_PATHS.stream()
                .flatMap(name -> Stream.of(filter.getInitParameter(name), context.getInitParameter(name)))
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .orElse("");
        String rooted = path.isEmpty() || path.startsWith("/") ? path : '/' + path;
        return new RestPlace(
                filterName(filter.getName()),
                rooted.endsWith("/") ? rooted.substring(0, rooted.length() - 1) : rooted,
                application(filter, context));
    }

    private static Optional<String> application(Registration registration, ServletContext context) {
        String named = registration.getInitParameter(PARAMETER);
        return named != null
                ? Optional.of(named)
                : Optional.of(registration.getName()).filter(name -> isApplication(name, context.getClassLoader()));
    }

    private static Stream<? extends ServletRegistration> servlets(ServletContext context) {
        return context.getServletRegistrations().values().stream().filter(servlet -> isRest(servlet, context));
    }

    private static Stream<String> mappings(ServletRegistration servlet) {
        return servlet.getMappings().stream().filter(mapping -> !mapping.startsWith(OF_NO_APPLICATION));
    }

    private static Stream<? extends FilterRegistration> filters(ServletContext context) {
        return context.getFilterRegistrations().values().stream()
                .filter(filter -> isMapped(filter) && isOfImplementation(filter, context.getClassLoader()));
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
                && (isOfImplementation(servlet, context.getClassLoader())
                        || isApplication(servlet.getName(), context.getClassLoader()));
    }

    private static boolean isOfImplementation(Registration registration, ClassLoader loader) {
        Map<String, String> parameters = registration.getInitParameters();
        return (parameters != null
                        && parameters.keySet().stream()
                                .anyMatch(name -> PARAMETERS.stream().anyMatch(name::startsWith)))
                || isA(
                        registration.getClassName(),
                        type -> IMPLEMENTATIONS.stream().anyMatch(type::startsWith),
                        loader);
    }

    private static boolean isApplication(String servletName, ClassLoader loader) {
        return isA(servletName, APPLICATION::equals, loader);
    }

    /** Whether this is the name of a class of which, or of one that it extends, the name is such a one. */
    private static boolean isA(@Nullable String className, Predicate<String> names, ClassLoader loader) {
        if (className == null || names.test(className)) {
            return className != null;
        }
        try {
            Class<?> type = Class.forName(className, false, loader);
            while (type != null && !names.test(type.getName())) {
                type = type.getSuperclass();
            }
            return type != null;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
