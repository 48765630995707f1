package org.lsat.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import org.lsat.config.Settings;

/**
 * Refuses requests that Open Liberty takes past all filters. It resolves {@code /context/../secret/x}, cuts off as many
 * characters as its context path has, and serves what is left, {@code et/x}, a file or a servlet's: without any filter,
 * since no URL pattern fits a path that does not begin with a slash. Listeners it asks, and what one throws is its 500.
 */
final class StrayPathListener implements ServletRequestListener {

    static boolean isNeeded(ServletContext context) {
        return context.getServerInfo().contains("Liberty");
    }

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        if (event.getServletRequest() instanceof HttpServletRequest request) {
            String path = Facts.path(request);
            boolean ofTheServer = request.getRequestURI().equals("*");
            if (!path.isEmpty() && path.charAt(0) != '/' && !ofTheServer && isEnforced(event.getServletContext())) {
                throw new IllegalStateException("lsat: a request was refused whose path leads out of the application");
            }
        }
    }

    private static boolean isEnforced(ServletContext context) {
        return Deployment.in(context)
                .flatMap(Deployment::settings)
                .map(Settings::enforced)
                .orElse(true);
    }
}
