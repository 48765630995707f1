package org.lsat.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Stands below {@code /lsat/plans}, where the filter answers before it: Tomcat asks no filter about a path that no servlet has,
 * and need not have a default servlet. Where the container runs no initializers, it is to be declared at {@code /lsat/plans/*}.
 */
public final class PlansServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String NAME = "lsat-plans";

    /** For the container, and for who registers it by hand. */
    public PlansServlet() {}

    /** Where there are plans, and they are sold. */
    static void add(ServletContext context, Deployment deployment) {
        if (deployment
                .settings()
                .filter(read -> read.enforced() && !read.plans().isEmpty())
                .isPresent()) {
            // Null if the name is taken.
            ServletRegistration.@Nullable Dynamic servlet = context.addServlet(NAME, PlansServlet.class);
            if (servlet != null) {
                servlet.addMapping("/lsat/plans/*");
            }
        }
    }

    /**
     * Never {@code sendError}: the application's error pages are not ours to call. The one method that comes so far is that of
     * a preflight which is left to the application: its filters set the fields, and a browser goes no further than a 404.
     */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(
                request.getMethod().equals("OPTIONS")
                        ? HttpServletResponse.SC_NO_CONTENT
                        : HttpServletResponse.SC_NOT_FOUND);
    }
}
