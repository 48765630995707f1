package org.lsat.it.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Takes every path below its own; one of them has a price. */
@Path("greedy")
public class GreedyResource {

    @GET
    @Path("{path:.*}")
    public String get(@PathParam("path") String path) {
        return path.replace("/", "").equals("secret") ? Sold.content("secret") : "free " + path + '\n';
    }

    @POST
    @Path("posted")
    public String post() {
        return Sold.content("posted");
    }

    @GET
    @Path("data")
    public String data() {
        return Sold.content("data");
    }
}
