package org.lsat.it.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.lsat.jaxrs.Paid;

/** A sub-resource below a path that has a rule, annotated with others. */
public class TwoPrices {

    @GET
    @Path("other")
    @Paid("method")
    public String other() {
        return Sold.content("other");
    }

    @GET
    @Path("posted")
    @Paid("posted")
    public String notPosted() {
        return Sold.content("by path");
    }

    @POST
    @Path("posted")
    @Paid("posted")
    public String posted() {
        return Sold.content("two prices");
    }
}
