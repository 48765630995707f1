package org.lsat.it.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Priced content under all the patterns of the rules; answers every method alike. */
@WebServlet(urlPatterns = {"/api/paid/*", "/exact/*", "*.csv", "/bundle/*", "/pass/*", "/dear/*", "/posts/*"})
public class PaidServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Paid.write(request, response);
    }
}
