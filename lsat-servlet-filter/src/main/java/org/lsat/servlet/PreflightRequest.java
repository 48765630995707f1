package org.lsat.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** A preflight that is left to the application, whose asynchronous processing has the same response without a body. */
final class PreflightRequest extends HttpServletRequestWrapper {

    private final BodilessResponse response;

    PreflightRequest(HttpServletRequest request, BodilessResponse response) {
        super(request);
        this.response = response;
    }

    /** The container would take its own response. */
    @Override
    public AsyncContext startAsync() {
        return startAsync(this, response);
    }
}
