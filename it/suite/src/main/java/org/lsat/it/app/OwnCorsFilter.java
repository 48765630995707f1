package org.lsat.it.app;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The application's own CORS, as many have it: one origin, and every preflight is answered. */
public class OwnCorsFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Access-Control-Allow-Origin", "https://application.example");
        if (request.getMethod().equals("OPTIONS")) {
            response.setStatus(200);
            response.setHeader("Access-Control-Allow-Headers", "Authorization");
            return;
        }
        chain.doFilter(request, response);
    }
}
