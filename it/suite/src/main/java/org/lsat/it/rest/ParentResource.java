package org.lsat.it.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.lsat.jaxrs.Free;
import org.lsat.jaxrs.Paid;

/** Its locators lead to classes that say something, and to one that says nothing. */
@Path("parent")
@Paid(value = "parent", price = "1 sat")
public class ParentResource {

    @Path("silent/{id}")
    public Silent silent(@PathParam("id") String id) {
        return new Silent(id);
    }

    @Path("priced")
    public Priced priced() {
        return new Priced();
    }

    @Path("gratis")
    public Gratis gratis() {
        return new Gratis();
    }

    /** Costs what the class costs that led here. */
    public record Silent(String id) {

        @GET
        public String get() {
            return Sold.content("silent " + id);
        }

        @Path("deeper")
        public Silent deeper() {
            return new Silent("deeper");
        }
    }

    /** Has prices of its own. */
    @Paid(value = "below", price = "2 sat")
    public static class Priced {

        @GET
        public String get() {
            return Sold.content("below");
        }
    }

    /** Is free. */
    @Free
    public static class Gratis {

        @GET
        public String get() {
            return "free\n";
        }
    }
}
