package org.lsat.it.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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
