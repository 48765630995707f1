package org.lsat.servlet;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import java.util.List;
import java.util.Optional;

/** Starts the backend when the application starts, and stops it when the application stops. */
final class LsatListener implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Optional<Deployment> present = Deployment.in(event.getServletContext());
        try {
            (present.isPresent() ? present.get() : Deployment.configure(event.getServletContext(), List.of()))
                    .startIfReady();
        } catch (ServletException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        Deployment.in(event.getServletContext()).ifPresent(Deployment::stop);
    }
}
