package org.lsat;

import java.util.List;
import java.util.Optional;

/**
 * A finished answer of ours, to be copied to the wire as it is: with {@code setStatus}, never {@code sendError}, which
 * would dispatch into the application.
 *
 * @param reason why the request is not served; empty for the answer to a preflight and for an error page
 * @param headers in order, {@code Content-Type} among them
 * @param body text, to be written in UTF-8; may be empty
 * @param warning what the log should say about it, without secrets; empty for answers that are nobody's fault of ours
 */
public record HttpAnswer(
        Optional<Reason> reason, int status, List<Header> headers, String body, Optional<Warning> warning) {

    /**
     * For the log.
     *
     * @param about what it is counted by where warnings are limited
     */
    public record Warning(Reason about, String message) {}

    /** Copies the headers. */
    public HttpAnswer {
        headers = List.copyOf(headers);
    }
}
