package org.lsat.it.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * {@code /bundle/slow} answers once {@code /release} was asked for: a use in flight for as long as a test likes. {@code
 * /entered} answers once it is under way.
 */
@WebServlet({"/bundle/slow", "/entered", "/release"})
public class SlowServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Semaphore ENTERED = new Semaphore(0);
    private static final Semaphore RELEASED = new Semaphore(0);

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getServletPath()) {
            case "/release" -> {
                RELEASED.release();
                response.setStatus(204);
            }
            case "/entered" -> response.setStatus(comes(ENTERED) ? 204 : 500);
            default -> {
                ENTERED.release();
                response.setStatus(comes(RELEASED) ? 200 : 500);
                Paid.write(request, response);
            }
        }
    }

    private static boolean comes(Semaphore signal) {
        try {
            return signal.tryAcquire(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
