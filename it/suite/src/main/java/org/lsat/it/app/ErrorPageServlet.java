package org.lsat.it.app;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A free error page, one under a priced path, and a free one that forwards to a priced path. */
@WebServlet({"/errors/free", "/errors/forwarding", "/api/paid/error-page"})
public class ErrorPageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (request.getServletPath().equals("/errors/forwarding")) {
            request.getRequestDispatcher("/api/paid/x").forward(request, response);
            return;
        }
        response.setContentType("text/plain");
        boolean priced = request.getServletPath().startsWith("/api/paid");
        response.getWriter().write(priced ? Paid.CONTENT + " error page\n" : "free error page\n");
    }
}
