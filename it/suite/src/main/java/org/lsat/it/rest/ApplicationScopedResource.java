package org.lsat.it.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.lsat.jaxrs.Paid;

/** A CDI bean behind a proxy, where there is CDI. */
@ApplicationScoped
@Path("application-scoped")
public class ApplicationScopedResource {

    @GET
    @Paid("method")
    public String get() {
        return Sold.content("application-scoped");
    }
}
