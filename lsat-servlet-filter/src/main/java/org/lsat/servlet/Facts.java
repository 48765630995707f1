package org.lsat.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lsat.LocalPeer;
import org.lsat.Paywall;
import org.lsat.Preflight;
import org.lsat.RequestFacts;

/** Translates a servlet request into what a decision may look at. Touches no parameter, no session and no body. */
final class Facts {

    private Facts() {}

    static RequestFacts of(HttpServletRequest request, Guard guard) {
        Paywall paywall = guard.paywall();
        return new RequestFacts(
                request.getMethod(),
                path(request),
                request.getRequestURI(),
                request.getContextPath(),
                values(request, "Authorization"),
                macaroons(request),
                query(request),
                request.getHeader("Origin"),
                preflight(request),
                guard.clients().addressOf(request),
                paywall.servesLocalPeersOnly()
                        && LocalPeer.isLocal(request.getRemoteAddr(), request.getLocalAddr(), request.getHeaderNames()),
                paywall.pricesByCode() ? request.getRemoteUser() : null,
                roles(request, paywall.roles()),
                guard.clock().instant());
    }

    private static Set<String> roles(HttpServletRequest request, Set<String> asked) {
        return asked.isEmpty() || request.getUserPrincipal() == null
                ? Set.of()
                : asked.stream().filter(request::isUserInRole).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The decoded path below the context path, as the container matched it; never the request URI. Payara cuts it off at the
     * first semicolon, and an application that reads the URI sees more than the container: the rest is added then.
     */
    static String path(HttpServletRequest request) {
        String pathInfo = request.getPathInfo();
        String path = pathInfo == null ? request.getServletPath() : request.getServletPath() + pathInfo;
        int semicolon = request.getRequestURI().indexOf(';');
        return semicolon >= 0 && isCutOff(path, semicolon, request)
                ? path + request.getRequestURI().substring(semicolon)
                : path;
    }

    private static boolean isCutOff(String path, int semicolon, HttpServletRequest request) {
        String uri = request.getRequestURI();
        String context = request.getContextPath();
        return request.getDispatcherType() == DispatcherType.REQUEST
                // The URI may be percent-encoded; it has no other slashes than the path, or it is refused.
                ? slashes(path) < slashes(uri) - slashes(context)
                : uri.substring(0, semicolon).equals(context + path);
    }

    private static long slashes(String path) {
        return path.chars().filter(c -> c == '/').count();
    }

    /** The same of an included resource; a named dispatch has no path of its own. */
    static String includedPath(HttpServletRequest request) {
        if (!(request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH) instanceof String servletPath)) {
            return path(request);
        }
        return request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO) instanceof String pathInfo
                ? servletPath + pathInfo
                : servletPath;
    }

    /** The parameters of a dispatch come before those of the client, and hide none of another name. */
    private static @Nullable String query(HttpServletRequest request) {
        String query = request.getQueryString();
        return switch (request.getDispatcherType()) {
            case INCLUDE -> joined(request.getAttribute(RequestDispatcher.INCLUDE_QUERY_STRING), query);
            case FORWARD -> joined(query, request.getAttribute(RequestDispatcher.FORWARD_QUERY_STRING));
            case ASYNC -> joined(query, request.getAttribute(AsyncContext.ASYNC_QUERY_STRING));
            default -> query;
        };
    }

    private static @Nullable String joined(@Nullable Object first, @Nullable Object second) {
        if (first instanceof String one && second instanceof String other && !one.equals(other)) {
            return one + '&' + other;
        }
        return first instanceof String one ? one : second instanceof String other ? other : null;
    }

    /** The undecoded path of an included resource. */
    static String includedUri(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI) instanceof String uri
                ? uri
                : request.getRequestURI();
    }

    private static List<String> macaroons(HttpServletRequest request) {
        List<String> plain = values(request, "Macaroon");
        List<String> grpc = values(request, "Grpc-Metadata-Macaroon");
        if (grpc.isEmpty()) {
            return plain;
        }
        List<String> all = new ArrayList<>(plain);
        all.addAll(grpc);
        return all;
    }

    static List<String> values(HttpServletRequest request, String name) {
        Enumeration<String> values = request.getHeaders(name);
        if (values == null || !values.hasMoreElements()) {
            return List.of();
        }
        String first = values.nextElement();
        if (!values.hasMoreElements()) {
            return List.of(first);
        }
        List<String> all = new ArrayList<>();
        all.add(first);
        while (values.hasMoreElements()) {
            all.add(values.nextElement());
        }
        return all;
    }

    static @Nullable Preflight preflight(HttpServletRequest request) {
        if (!request.getMethod().equals("OPTIONS") || request.getHeader("Origin") == null) {
            return null;
        }
        String method = request.getHeader("Access-Control-Request-Method");
        if (method == null) {
            return null;
        }
        String headers = request.getHeader("Access-Control-Request-Headers");
        return new Preflight(method, headers == null ? "" : headers);
    }
}
