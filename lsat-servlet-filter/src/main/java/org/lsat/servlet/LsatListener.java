package org.lsat.servlet;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Starts the backend when the application starts, and stops it when the application stops. */
final class LsatListener implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Deployment.in(event.getServletContext()).ifPresent(Deployment::start);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        Deployment.in(event.getServletContext()).ifPresent(Deployment::stop);
    }
}
