package org.lsat.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.lsat.HttpAnswer;
import org.lsat.Reason;
import org.lsat.Settlement;

/**
 * The response to a request for a framework that may not have the second gate in force. It may be the request that starts
 * the framework, so the question is asked when something is about to be written; if the gate is not in force then, the
 * client gets a 503, and what is written goes nowhere.
 */
final class WithheldResponse extends HttpServletResponseWrapper {

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Guard guard;
    private final Gate gate;
    private boolean refused;

    WithheldResponse(HttpServletRequest request, HttpServletResponse response, Guard guard, Gate gate) {
        super(response);
        this.request = request;
        this.response = response;
        this.guard = guard;
        this.gate = gate;
    }

    /** To be called when the chain has returned: an answer without a body is written by nobody. */
    void chainReturned() throws IOException {
        if (!request.isAsyncStarted()) {
            isWithheld();
        }
    }

    private boolean isWithheld() throws IOException {
        return isWithheld(response.getStatus());
    }

    /** An error is no content: nothing was matched, or what was has failed. */
    private boolean isWithheld(int status) throws IOException {
        if (!refused && Settlement.isServed(status) && !guard.secondGate().isInForce(request)) {
            refused = true;
            guard.warnings()
                    .warn(
                            Reason.MISCONFIGURED,
                            "the application has annotated resources, and its Jakarta REST does not load"
                                    + " org.lsat.jaxrs.PaidFeature: all that it answers is refused. Take away what keeps it from"
                                    + " that (jakarta.ws.rs.loadServices=false, jersey.config.disableMetainfServicesLookup),"
                                    + " or list the class in Application.getClasses(), or, for RESTEasy as a filter without an Application, in the"
                                    + " context parameter resteasy.providers of web.xml");
            HttpAnswer answer = gate.refusal(
                    Reason.MISCONFIGURED, "The server cannot tell what its resources cost. Nothing was charged.");
            AnswerWriter.write(answer, response, false);
            response.flushBuffer();
        }
        return refused;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return isWithheld() ? new Nowhere() : super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        return isWithheld()
                ? new PrintWriter(new OutputStreamWriter(new Nowhere(), StandardCharsets.UTF_8))
                : super.getWriter();
    }

    @Override
    public void flushBuffer() throws IOException {
        if (!isWithheld()) {
            super.flushBuffer();
        }
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        if (!isWithheld(status)) {
            super.sendError(status, message);
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        if (!isWithheld(status)) {
            super.sendError(status);
        }
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        if (!isWithheld()) {
            super.sendRedirect(location);
        }
    }

    @Override
    public void reset() {
        if (!refused) {
            super.reset();
        }
    }

    @Override
    public void resetBuffer() {
        if (!refused) {
            super.resetBuffer();
        }
    }
}
