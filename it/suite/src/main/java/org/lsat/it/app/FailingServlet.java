package org.lsat.it.app;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Fails in the way that the last segment says; below a free, a bundle's and a pass's path. */
@WebServlet({"/fail/*", "/bundle/fail/*", "/pass/fail/*", "/api/paid/fail/*", "/dear/fail/*"})
public class FailingServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String how = request.getPathInfo() == null ? "" : request.getPathInfo().substring(1);
        switch (how) {
            case "throw" -> throw new ServletException("on purpose");
            case "write-then-throw" -> {
                Paid.write(request, response);
                throw new ServletException("on purpose, after writing what is not sent yet");
            }
            case "throw-runtime" -> throw new IllegalStateException("on purpose");
            case "throw-error" -> throw new StackOverflowError("on purpose");
            case "throw-to-page" -> throw new UnsupportedOperationException("on purpose, to the error page");
            case "flush-then-throw" -> {
                Paid.write(request, response);
                response.flushBuffer();
                throw new ServletException("on purpose, after the answer");
            }
            case "error-then-flush-then-throw" -> {
                response.setStatus(500);
                response.flushBuffer();
                throw new ServletException("on purpose, after the answer");
            }
            case "status-404" -> response.setStatus(404);
            case "status-500" -> response.setStatus(500);
            case "status-304" -> response.setStatus(304);
            case "redirect" -> response.sendRedirect("elsewhere");
            case "send-404" -> response.sendError(404);
            case "send-500" -> response.sendError(500);
            case "send-410" -> response.sendError(410);
            case "send-411" -> response.sendError(411);
            case "send-418" -> response.sendError(418);
            default -> response.setStatus(204);
        }
    }
}
