package org.lsat.it.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;

/** Answers preflights before anything is matched. */
@PreMatching
public class PreflightFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getMethod().equals("OPTIONS") && request.getHeaderString("Origin") != null) {
            request.abortWith(Response.noContent()
                    .header("Access-Control-Allow-Origin", "https://application.example")
                    .build());
        }
    }
}
