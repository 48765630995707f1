package org.lsat.it.early;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Fails where a request first asks for it. */
@WebServlet("/api/paid/flaky")
public class FlakyServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean again = request.getAttribute("asked") != null;
        request.setAttribute("asked", true);
        response.setStatus(again ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        if (again) {
            response.getWriter().write("PAID-CONTENT");
        }
    }
}
