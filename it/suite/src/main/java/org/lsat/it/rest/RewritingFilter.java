package org.lsat.it.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;

/** Sends a free path to one that has a price, and lets a client choose another method, and what stands before the path. */
@Provider
@PreMatching
public class RewritingFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getUriInfo().getPath().endsWith("alias")) {
            request.setRequestUri(request.getUriInfo()
                    .getBaseUriBuilder()
                    .path("paths/alias-of-this")
                    .build());
        }
        String prefix = request.getHeaderString("X-Forwarded-Prefix");
        if (prefix != null) {
            String base = request.getUriInfo().getBaseUri().toString().replace("/api/", prefix + '/');
            String path = request.getUriInfo().getPath().replace("hidden", "secret");
            request.setRequestUri(URI.create(base), URI.create(base + path));
        }
        String method = request.getHeaderString("X-HTTP-Method-Override");
        if (method != null) {
            request.setMethod(method);
        }
    }
}
