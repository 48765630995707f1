package org.lsat.it.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.lsat.jaxrs.Paid;

/**
 * A superclass that prices.
 *
 * @param <K> of the parameter
 */
public abstract class PricedBase<K> {

    /** Inherited as it is. */
    @GET
    @Path("inherited")
    @Paid(value = "superclass", price = "1 sat")
    public String inherited() {
        return Sold.content("inherited");
    }

    /** Overridden. */
    @GET
    @Path("generic/{key}")
    @Paid(value = "generic", price = "1 sat")
    public abstract String find(@PathParam("key") K key);

    /** No instance is needed for it. */
    @GET
    @Path("constant")
    @Paid("superclass")
    public static String constant() {
        return Sold.content("constant");
    }

    /** Has the variable of the class around it. */
    public abstract class Inner {

        /** Overridden. */
        @Paid("generic")
        public abstract String get(K key);
    }
}
