package org.lsat.it.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.lsat.jaxrs.Paid;

/** Lies under a rule's path, and is annotated with another rule. */
@Path("paths/conflict")
public class ConflictingResource {

    @GET
    @Paid("method")
    public String conflict() {
        return Sold.content("two prices");
    }
}
