package org.lsat.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.lsat.Reason;
import org.lsat.Settlement;
import org.lsat.ledger.LedgerUnavailableException;

/**
 * Settles the use that opened a request when the application is done with it. A settlement that fails never reaches the
 * client, who has its answer: the use stays pending until its lease ends, and is given back then.
 */
final class UseSettler {

    private final Settlement settlement;
    private final Warnings warnings;

    /** A listener is there, and adds itself again when asynchronous processing begins anew. */
    private volatile boolean awaitsCompletion;

    private volatile boolean gaveBack;

    UseSettler(Settlement settlement, Warnings warnings) {
        this.settlement = settlement;
        this.warnings = warnings;
    }

    /** Whether the use is no longer the request's: what it opened is closed again. */
    boolean gaveBack() {
        return gaveBack;
    }

    /** The chain returned: by the status, now or when the asynchronous processing completes. */
    void chainReturned(ServletRequest request, HttpServletResponse response) {
        if (settlement.isCounted() && !settleOnCompletion(request, response)) {
            answered(response);
        }
    }

    /**
     * An exception leaves the chain. What the client got, if it got anything, decides; where the processing is asynchronous,
     * a listener of the application may yet answer, and well.
     */
    void chainThrew(ServletRequest request, HttpServletResponse response) {
        if (!settlement.isCounted()) {
            return;
        }
        if (response.isCommitted()) {
            answered(response);
        } else if (!settleOnCompletion(request, response)) {
            giveBack();
        }
    }

    /**
     * False where nothing asynchronous is going on, or where it completed while the chain was returning, and takes no listener
     * any more.
     */
    boolean settleOnCompletion(ServletRequest request, HttpServletResponse response) {
        if (!settlement.isCounted() || !request.isAsyncStarted()) {
            return false;
        }
        if (!awaitsCompletion) {
            try {
                request.getAsyncContext().addListener(new OnComplete(response), request, response);
            } catch (IllegalStateException e) {
                return false;
            }
            awaitsCompletion = true;
        }
        return true;
    }

    private void giveBack() {
        gaveBack = true;
        try {
            settlement.giveBack();
        } catch (LedgerUnavailableException | RuntimeException | LinkageError e) {
            warnings.warn(Reason.LEDGER_UNAVAILABLE, "a use could not be given back: " + e);
        }
    }

    /** The client has its answer: by its status. */
    void answered(HttpServletResponse response) {
        int status = response.getStatus();
        gaveBack = settlement.isCounted() && !Settlement.isServed(status);
        try {
            settlement.answered(status);
        } catch (LedgerUnavailableException | RuntimeException | LinkageError e) {
            warnings.warn(Reason.LEDGER_UNAVAILABLE, "a use could not be settled: " + e);
        }
    }

    /**
     * Timeouts and errors decide nothing: the application's own listener may still answer well. Whatever happened, the
     * container completes in the end.
     */
    private final class OnComplete implements AsyncListener {

        private final HttpServletResponse response;

        OnComplete(HttpServletResponse response) {
            this.response = response;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            answered(response);
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
}
