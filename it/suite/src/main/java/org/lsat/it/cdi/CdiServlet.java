package org.lsat.it.cdi;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.lsat.ComplimentaryTokens;
import org.lsat.PaidAccess;

/** Answers with what was injected. {@code /cdi/events} answers with the events until now, {@code /cdi/issue} with a token, {@code …/go} dispatches. */
@WebServlet(urlPatterns = {"/cdi/*", "/coded/*", "/counted/*"})
public class CdiServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient EventLog events;

    @Inject
    private transient Buyer buyer;

    @Inject
    private transient Instance<PaidAccess> access;

    @Inject
    private transient Instance<ComplimentaryTokens> tokens;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        boolean dispatches =
                request.getDispatcherType() == DispatcherType.REQUEST && "/go".equals(request.getPathInfo());
        String forward = request.getParameter("forward");
        String include = request.getParameter("include");
        if (dispatches && forward != null) {
            request.getRequestDispatcher(forward).forward(request, response);
            return;
        }
        response.setContentType("text/plain");
        if (dispatches && include != null) {
            response.getWriter().write("included: ");
            request.getRequestDispatcher(include).include(request, response);
            return;
        }
        if ("/events".equals(request.getPathInfo())) {
            response.getWriter().write(events.take());
            return;
        }
        if ("/issue".equals(request.getPathInfo())) {
            Instant end = InstantSource.system().instant().plus(Duration.ofHours(1));
            response.getWriter().write(tokens.get().bundle("injected", 2, end).authorization());
            return;
        }
        PaidAccess present = access.get();
        response.getWriter()
                .write("buyer=" + buyer.paidFor() + " instance=" + (present == null ? "nothing" : present.rule()));
    }
}
