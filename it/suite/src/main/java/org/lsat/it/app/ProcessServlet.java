package org.lsat.it.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** What process the server is; {@code /moment} takes one. */
@WebServlet({"/pid", "/moment"})
public class ProcessServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final long MOMENT_MILLIS = 300;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getServletPath().equals("/moment")) {
            try {
                TimeUnit.MILLISECONDS.sleep(MOMENT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        response.setContentType("text/plain");
        response.getWriter().print(ProcessHandle.current().pid());
    }
}
