package org.lsat.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import java.util.Optional;

/**
 * Starts the backend when the application starts, and stops it when the application stops. The initializer registers it; the
 * tag library descriptor {@code META-INF/lsat.tld} names it, too, since containers with JSP read that also where they run no
 * initializer. Called twice, it does nothing the second time.
 */
public final class LsatListener implements ServletContextListener {

    /** For the container. */
    public LsatListener() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        Registration.requireNow(context);
        try {
            Optional<Deployment> present = Deployment.in(context);
            Deployment deployment =
                    present.isPresent() ? present.get() : Deployment.configure(context, Optional.empty());
            check(deployment);
            deployment.startIfReady();
        } catch (ServletException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static void check(Deployment deployment) {
        try {
            deployment.check();
        } catch (UnsupportedOperationException e) {
            // WildFly and Open Liberty tell a listener little that was added by a program. The filter asks again.
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        Deployment.in(event.getServletContext()).ifPresent(Deployment::stop);
    }
}
