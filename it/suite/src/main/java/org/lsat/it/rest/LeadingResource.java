package org.lsat.it.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Its locator is annotated in its interface, where that does nothing. */
@Path("leading")
public class LeadingResource implements Leading {

    @GET
    public String free() {
        return "free\n";
    }

    @Override
    @Path("further")
    public ParentResource.Silent further() {
        return new ParentResource.Silent("further");
    }
}
