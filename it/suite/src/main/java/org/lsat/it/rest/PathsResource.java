package org.lsat.it.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.lsat.jaxrs.Free;
import org.lsat.jaxrs.Paid;

/** Lies under rules that have paths, too. */
@Path("paths")
public class PathsResource {

    @GET
    @Path("{any}")
    public String silent(@PathParam("any") String any) {
        return Sold.content("path " + any);
    }

    @GET
    @Path("free")
    @Free
    public String notFree() {
        return Sold.content("by path");
    }

    @GET
    @Path("same")
    @Paid("paths")
    public String same() {
        return Sold.content("same");
    }

    /** Where it leads to shows only at run time. */
    @Path("below")
    public TwoPrices below() {
        return new TwoPrices();
    }
}
