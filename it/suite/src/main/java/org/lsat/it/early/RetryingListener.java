package org.lsat.it.early;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;

/** Adds a filter that is a lambda, before those of {@code web.xml}: it tries once more what was answered by 503. */
@WebListener
public class RetryingListener implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Filter retrying = (request, response, chain) -> {
            chain.doFilter(request, response);
            String again = request.getParameter("again");
            if (((HttpServletResponse) response).getStatus() != HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
                return;
            }
            if ("chain".equals(again)) {
                chain.doFilter(request, response);
            } else if ("forward".equals(again)) {
                request.getRequestDispatcher("/api/paid/flaky").forward(request, response);
            } else if ("include".equals(again)) {
                request.getRequestDispatcher("/api/paid/flaky").include(request, response);
            }
        };
        FilterRegistration.Dynamic filter = event.getServletContext().addFilter("retrying", retrying);
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }
}
