package org.lsat.it.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.lsat.jaxrs.Paid;

/** All that Jakarta REST and the paywall have to know. */
interface Contract {

    @GET
    @Path("paid")
    @Produces("text/plain")
    @Paid(value = "interface", price = "1 sat")
    String paid();

    @GET
    @Path("free")
    @Produces("text/plain")
    String free();
}
