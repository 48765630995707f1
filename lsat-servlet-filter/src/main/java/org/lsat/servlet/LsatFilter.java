package org.lsat.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;

/**
 * The paywall. The JAR in {@code WEB-INF/lib} registers it by itself, before the filters of {@code web.xml}; where the container runs
 * no initializers (an {@code <absolute-ordering>} without {@code <others/>}, an embedded server), declare it as the first filter:
 *
 * <pre>{@code
 * <filter>
 *   <filter-name>lsat</filter-name>
 *   <filter-class>org.lsat.servlet.LsatFilter</filter-class>
 *   <async-supported>true</async-supported>
 * </filter>
 * <filter-mapping>
 *   <filter-name>lsat</filter-name>
 *   <url-pattern>/*</url-pattern>
 *   <dispatcher>REQUEST</dispatcher><dispatcher>FORWARD</dispatcher><dispatcher>INCLUDE</dispatcher>
 *   <dispatcher>ASYNC</dispatcher><dispatcher>ERROR</dispatcher>
 * </filter-mapping>
 * }</pre>
 *
 * <p>The dev wallet's servlet is to be declared then, too: {@code org.lsat.invoice.DevWalletServlet} at {@code /lsat/dev/pay};
 * and with plans {@link PlansServlet}, where the container asks no filter about a path that no servlet has.
 *
 * <p>Configuration: MicroProfile Config, prefix {@code lsat.}; there are no init parameters. A filter that cannot start answers all
 * requests with 503, and the log says why. WARNING: a filter before this
 * one answers without being paid, and behind a reverse proxy that
 * {@code lsat.trusted-proxies} does not name all clients share its address.
 */
public final class LsatFilter implements Filter {

    private static final System.Logger LOG = System.getLogger("org.lsat");

    private final FiltersBefore filtersBefore = new FiltersBefore();

    /** Null if the paywall did not start. */
    private @Nullable Deployment deployment;

    /** Where no initializer ran, what this filter began and has to end, also if it did not start. */
    private @Nullable Deployment owned;

    /** Called by the container. */
    public LsatFilter() {}

    @Override
    public void init(FilterConfig config) {
        try {
            start(config.getServletContext());
        } catch (ServletException | RuntimeException | LinkageError | ServiceConfigurationError e) {
            // Not thrown: Payara and GlassFish serve the application without a filter that does not start, all of it
            // free.
            LOG.log(Level.ERROR, "lsat: the paywall does not start, and all requests are answered with 503", e);
        }
    }

    private void start(ServletContext context) throws ServletException {
        Gate.load();
        Optional<Deployment> present = Deployment.in(context);
        Deployment found = present.isPresent() ? present.get() : Deployment.configure(context, Optional.empty());
        owned = present.isPresent() ? null : found;
        found.check();
        found.start();
        deployment = found;
    }

    @Override
    public void destroy() {
        Deployment began = owned;
        if (began != null) {
            began.stop();
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Deployment deployed = deployment;
        if (deployed == null) {
            refuse(response);
            return;
        }
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
            filtersBefore.look(request.getServletContext().getClassLoader());
        }
        Optional<Guard> guard = deployed.guard();
        if (guard.isEmpty()) {
            request.setAttribute(MatchedGate.ATTRIBUTE, MatchedGate.OFF);
            chain.doFilter(request, response);
            return;
        }
        if (!(request instanceof HttpServletRequest http) || !(response instanceof HttpServletResponse httpResponse)) {
            throw new ServletException("lsat: only HTTP requests can be judged");
        }
        new Gate(guard.get(), http, httpResponse, chain).pass();
    }

    private static void refuse(ServletResponse response) {
        if (response instanceof HttpServletResponse http) {
            http.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }
}
