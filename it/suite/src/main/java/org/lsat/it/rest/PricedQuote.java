package org.lsat.it.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.lsat.jaxrs.Paid;

/** Says what it costs. */
public interface PricedQuote {

    @GET
    @Path("quote")
    @Paid("method")
    String quote();
}
