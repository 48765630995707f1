package org.lsat.it.app;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Forwards to or includes the path in the query: {@code ?forward=/dear/x}, {@code ?include=…}, {@code ?named=…}. */
@WebServlet({"/go", "/bundle/go", "/pass/go"})
public class DispatchingServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String query = request.getQueryString();
        String how = query.substring(0, query.indexOf('='));
        String target = query.substring(how.length() + 1);
        RequestDispatcher dispatcher = how.equals("named")
                ? getServletContext().getNamedDispatcher(target)
                : request.getRequestDispatcher(target);
        switch (how) {
            case "forward", "named" -> dispatcher.forward(request, response);
            case "include" -> {
                response.setContentType("text/plain");
                response.getWriter().write("before\n");
                dispatcher.include(request, response);
                response.getWriter().write("after\n");
            }
            case "forward-catch" -> {
                try {
                    dispatcher.forward(request, response);
                } catch (ServletException e) {
                    response.setStatus(200);
                    response.getWriter().write("caught\n");
                }
            }
            case "encoded-forward" -> {
                response.setHeader("Content-Encoding", "gzip");
                response.setHeader("ETag", "\"of-the-forwarder\"");
                dispatcher.forward(request, response);
            }
            case "flush-then-forward-try" -> {
                response.getWriter().write("flushed\n");
                response.flushBuffer();
                try {
                    dispatcher.forward(request, response);
                } catch (IllegalStateException e) {
                    response.getWriter().write("too late\n");
                }
            }
            default -> response.setStatus(400);
        }
    }
}
