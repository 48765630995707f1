package org.lsat.it.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A free error page, and one under a priced path. */
@WebServlet({"/errors/free", "/api/paid/error-page"})
public class ErrorPageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        boolean priced = request.getServletPath().startsWith("/api/paid");
        response.getWriter().write(priced ? Paid.CONTENT + " error page\n" : "free error page\n");
    }
}
