package org.lsat.it.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import org.lsat.jaxrs.Paid;

/** Some of its methods are priced. */
@Path("method")
public class MethodResource {

    @GET
    public String free(@Context SecurityContext security) {
        return "free to " + security.getUserPrincipal() + '\n';
    }

    @GET
    @Path("paid")
    @Paid(value = "method", price = "1 sat")
    public String paid() {
        return Sold.content("method");
    }

    @POST
    @Path("paid")
    @Paid(value = "posted", price = "2 sat", methods = "POST")
    public String posted() {
        return Sold.content("posted");
    }
}
