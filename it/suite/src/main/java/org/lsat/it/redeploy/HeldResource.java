package org.lsat.it.redeploy;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import org.lsat.jaxrs.Paid;

/** Sells at once, and what is held, by the annotation alone. */
@Path("resource")
@Paid(value = "resource", price = "1 sat")
public class HeldResource {

    static final String SOLD = "PAID-CONTENT";

    @GET
    @Path("now")
    public String now() {
        return SOLD;
    }

    @GET
    @Path("blocking")
    public String blocking() {
        Held.here();
        return SOLD;
    }

    @GET
    @Path("async")
    public void async(@Suspended AsyncResponse response) {
        Held.answer(() -> response.resume(SOLD));
    }
}
