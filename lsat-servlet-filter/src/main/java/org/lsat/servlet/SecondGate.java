package org.lsat.servlet;

import jakarta.servlet.http.HttpServletRequest;

/**
 * What is known of the gate after matching ({@link MatchedGate}) in one application: whether its JAR is there, whether any
 * resource needs it, and whether the framework has it in force. A framework can be told not to load it, by a property that
 * is seen by nobody else; what that framework answers is then withheld. Thread-safe.
 */
final class SecondGate {

    private final boolean installed;
    private final boolean needed;
    private volatile boolean inForce;

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

    /** The framework has started, and asks. */
    void inForce() {
        inForce = true;
    }

    boolean isInForce() {
        return inForce;
    }

    /** Whether the request goes to a framework that should ask and, as far as is known, does not. */
    boolean isMissing(HttpServletRequest request) {
        return needed && !inForce && RestServlets.serve(request);
    }
}
