package org.lsat.it.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** {@code /bundle/slow} answers once {@code /release} was asked for: a use in flight for as long as a test likes. */
@WebServlet({"/bundle/slow", "/release"})
public class SlowServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Semaphore RELEASED = new Semaphore(0);

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getServletPath().equals("/release")) {
            RELEASED.release();
            response.setStatus(204);
            return;
        }
        try {
            response.setStatus(RELEASED.tryAcquire(10, TimeUnit.SECONDS) ? 200 : 500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            response.setStatus(500);
        }
        Paid.write(request, response);
    }
}
