package org.lsat.it.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.lsat.jaxrs.Paid;

/** A CDI bean, where there is CDI. */
@RequestScoped
@Path("request-scoped")
@Paid("method")
public class RequestScopedResource {

    @GET
    public String get() {
        return Sold.content("request-scoped");
    }
}
