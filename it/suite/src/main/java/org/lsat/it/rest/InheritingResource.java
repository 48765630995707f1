package org.lsat.it.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** All is said in its superclass. */
@Path("superclass")
public class InheritingResource extends PricedBase<String> {

    @Override
    public String find(String key) {
        return Sold.content("generic " + key);
    }

    @Path("inner")
    public Own inner() {
        return new Own();
    }

    /** Says nothing of prices. */
    public class Own extends Inner {

        @Override
        @GET
        @Path("{key}")
        public String get(@PathParam("key") String key) {
            return Sold.content("inner " + key);
        }
    }
}
