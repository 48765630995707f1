package org.lsat.it.interrupted;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers, and leaves the thread interrupted where it is asked to. */
@WebServlet("/bundle/*")
public class InterruptingServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentLength(4);
        response.getWriter().write("paid");
        response.flushBuffer();
        if ("/interrupts".equals(request.getPathInfo())) {
            Thread.currentThread().interrupt();
        }
    }
}
