package org.lsat.it.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** All that Jakarta REST has to know, and nothing of prices: RESTEasy takes it for the class of the resource. */
@Path("implemented")
public interface PathContract {

    @GET
    @Path("paid")
    String paid();

    @GET
    @Path("free")
    String free();
}
