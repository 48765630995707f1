package org.lsat.it.rest;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import java.io.IOException;

/** Includes something before it goes on, as those do that count visits. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class IncludingFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getParameter("visit") != null) {
            request.getRequestDispatcher("/visit").include(request, response);
        }
        chain.doFilter(request, response);
    }
}
