package org.lsat.it.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Priced content under all the patterns of the rules; answers every method alike. What the rules leave free below them is
 * recognisably free.
 */
@WebServlet(urlPatterns = {"/api/paid/*", "/exact/one", "*.csv", "/bundle/*", "/pass/*", "/dear/*", "/posts/*"})
public class PaidServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        boolean terms = path.equals("/api/paid/terms") || path.equals("/api/paid/terms/");
        boolean notPosted = path.startsWith("/posts") && !request.getMethod().equalsIgnoreCase("POST");
        if (terms || notPosted) {
            response.setContentType("text/plain");
            response.getWriter().write("free\n");
        } else {
            Paid.write(request, response);
        }
    }
}
