package org.lsat.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of the gate after matching ({@link MatchedGate}) in one WAR: whether its JAR is there, whether any
 * resource needs it, and whether the framework has it in force. A framework can be told not to load it, by a property that
 * is seen by nobody else; what that framework answers is then withheld. Of several applications in the WAR, one may be told
 * and the others not. Thread-safe.
 */
final class SecondGate {

    private static final String EARLY = "org.lsat.servlet.SecondGate.early";

    private final boolean installed;
    private final boolean needed;

    /** As {@link RestServlets#names} names them. */
    private final Set<String> asking = ConcurrentHashMap.newKeySet();

    private volatile boolean everywhere;

    /**
     * A gate that was not heard of yet.
     *
     * @param installed whether lsat-jaxrs is in the application
     * @param needed whether some resource is annotated, or nobody looked whether one is
     * @param early see {@link #startedEarly}
     */
    SecondGate(boolean installed, boolean needed, Set<String> early) {
        this.installed = installed;
        this.needed = needed;
        this.asking.addAll(early);
    }

    /**
     * The names of servlets and filters whose framework has started, and will ask, before there was a gate to tell. Where our
     * filter is declared by hand, nobody tells which comes first.
     */
    static Set<String> startedEarly(ServletContext context) {
        return context.getAttribute(EARLY) instanceof Early early ? early.names : Set.of();
    }

    /** The framework has started an application before there is a gate to tell. */
    static void startsEarly(ServletContext context, String name) {
        Early early = context.getAttribute(EARLY) instanceof Early present
                ? present
                : new Early(ConcurrentHashMap.newKeySet());
        early.names.add(name);
        context.setAttribute(EARLY, early);
    }

    private record Early(Set<String> names) {}

    /** Whether requests are judged once more after they were matched to a resource. */
    boolean isInstalled() {
        return installed;
    }

    /**
     * The framework has started an application, and will ask.
     *
     * @param name of the servlet or the filter that serves it; empty where it is not told for which of several
     */
    void started(ServletContext context, Optional<String> name) {
        if (needed && !everywhere) {
            name.ifPresent(asking::add);
            Set<String> all = RestServlets.names(context);
            everywhere = all.size() <= 1 || asking.containsAll(all);
        }
    }

    /** The framework asks about this request. Where several may serve it, that tells nothing of each of them. */
    void asks(HttpServletRequest request) {
        if (needed && !everywhere) {
            Set<String> serving = RestServlets.serving(request);
            if (serving.size() == 1) {
                asking.addAll(serving);
            }
        }
    }

    /** Whether the framework that serves this request is known to ask. */
    boolean isInForce(HttpServletRequest request) {
        return everywhere || asking.containsAll(RestServlets.serving(request));
    }

    /** Whether the request goes to a framework that should ask and, as far as is known, does not. */
    boolean isMissing(HttpServletRequest request) {
        return needed && !isInForce(request);
    }
}
