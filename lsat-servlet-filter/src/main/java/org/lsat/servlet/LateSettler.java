package org.lsat.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.lsat.Paywall;

/**
 * Settles what a thread of the application opens by a forward after the container's own pass ended. Such a forward cannot
 * always add a listener itself: the specification allows that only until the pass ends, and Payara keeps to it.
 */
record LateSettler(Paywall paywall, HttpServletRequest request, HttpServletResponse response) implements AsyncListener {

    /** To be called in a pass of the container that opened nothing and started asynchronous processing. */
    static void add(Paywall paywall, HttpServletRequest request, HttpServletResponse response) {
        try {
            request.getAsyncContext().addListener(new LateSettler(paywall, request, response), request, response);
        } catch (IllegalStateException e) {
            // It completed meanwhile: whatever was opened had its own listener.
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        OpenedRequest.of(request, paywall).ifPresent(opened -> opened.settler().answered(response));
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    /** Asynchronous processing begins anew after a dispatch, and with it the list of listeners. */
    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this, event.getSuppliedRequest(), event.getSuppliedResponse());
    }
}
