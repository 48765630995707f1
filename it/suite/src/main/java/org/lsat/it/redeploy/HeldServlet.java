package org.lsat.it.redeploy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Sells at once, and what is held. For nothing it says how many requests are held, lets them go soon, says what process it
 * runs in, and takes a moment.
 */
@WebServlet(
        urlPatterns = {"/held/*", "/invoice", "/count", "/release", "/pid", "/moment"},
        asyncSupported = true)
public class HeldServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final long SOON_MILLIS = 2000;
    private static final long MOMENT_MILLIS = 300;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo())) {
            case "/count" -> response.getWriter().print(Held.count());
            case "/release" -> Held.releaseIn(SOON_MILLIS);
            case "/pid" -> response.getWriter().print(ProcessHandle.current().pid());
            case "/moment" -> Held.atMost(MOMENT_MILLIS);
            case "/held/blocking" -> {
                Held.here();
                sell(response);
            }
            case "/held/async" -> {
                AsyncContext async = request.startAsync();
                Held.answer(() -> complete(async));
            }
            default -> sell(response);
        }
    }

    private static void complete(AsyncContext async) {
        try {
            sell((HttpServletResponse) async.getResponse());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            async.complete();
        }
    }

    private static void sell(HttpServletResponse response) throws IOException {
        response.getWriter().print(HeldResource.SOLD);
    }
}
