package org.lsat.it.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** What others know of beans; says nothing of prices. */
public interface Quote {

    @GET
    @Path("quote")
    String quote();
}
