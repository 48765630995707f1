package org.lsat.servlet;

import jakarta.servlet.ServletRequest;
import java.util.Optional;
import org.lsat.Decision;
import org.lsat.PaidAccess;
import org.lsat.Paywall;

/**
 * The mark of a request that was opened: an attribute of the request whose value is an object of this class and of this
 * paywall. Nothing that a client sends and nothing that another application sets can be that object.
 *
 * @param by what opened it
 */
record OpenedRequest(Paywall paywall, Decision.Opened by, UseSettler settler) {

    private static final String ATTRIBUTE = "org.lsat.servlet.OpenedRequest";

    void mark(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
        by.paidAccess().ifPresent(access -> request.setAttribute(PaidAccess.ATTRIBUTE, access));
    }

    /** What was opened is closed again. */
    static void unmark(ServletRequest request) {
        request.removeAttribute(ATTRIBUTE);
        request.removeAttribute(PaidAccess.ATTRIBUTE);
    }

    static Optional<OpenedRequest> of(ServletRequest request, Paywall paywall) {
        return request.getAttribute(ATTRIBUTE) instanceof OpenedRequest opened && opened.paywall == paywall
                ? Optional.of(opened)
                : Optional.empty();
    }
}
