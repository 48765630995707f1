package org.lsat.it.rest;

import jakarta.ejb.Local;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** What others know of an enterprise bean. */
@Local
public interface LocalQuote {

    @GET
    @Path("quote")
    String quote();
}
