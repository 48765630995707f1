package org.lsat.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of the gate after matching ({@link MatchedGate}) in one WAR: whether its JAR is there, whether any
 * resource needs it, and whether the framework has it in force. A framework can be told not to load it, by a property that
 * is seen by nobody else; what that framework answers is then withheld. Of several applications in the WAR, one may be told
 * and the others not. Thread-safe.
 */
final class SecondGate {

    private final boolean installed;
    private final boolean needed;
    private final Set<String> asking = ConcurrentHashMap.newKeySet();
    private volatile boolean everywhere;

    /**
     * A gate that was not heard of yet.
     *
     * @param installed whether lsat-jaxrs is in the application
     * @param needed whether some resource is annotated
     */
    SecondGate(boolean installed, boolean needed) {
        this.installed = installed;
        this.needed = needed;
    }

    /** Whether requests are judged once more after they were matched to a resource. */
    boolean isInstalled() {
        return installed;
    }

    /** The framework has started, and will ask; for which of several applications is not told. */
    void started(ServletContext context) {
        if (RestServlets.count(context) <= 1) {
            everywhere = true;
        }
    }

    /** The framework asks about this request. */
    void asks(HttpServletRequest request) {
        if (needed && !everywhere) {
            asking.add(RestServlets.name(request));
        }
    }

    /** Whether the framework that serves this request is known to ask. */
    boolean isInForce(HttpServletRequest request) {
        return everywhere || asking.contains(RestServlets.name(request));
    }

    /** Whether the request goes to a framework that should ask and, as far as is known, does not. */
    boolean isMissing(HttpServletRequest request) {
        return needed && !isInForce(request) && RestServlets.serve(request);
    }
}
