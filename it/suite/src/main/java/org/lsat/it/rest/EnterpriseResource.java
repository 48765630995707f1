package org.lsat.it.rest;

import jakarta.ejb.Stateless;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.lsat.jaxrs.Paid;

/** An enterprise bean, where there are such. */
@Stateless
@Path("enterprise")
@Paid("method")
public class EnterpriseResource {

    @GET
    public String get() {
        return Sold.content("enterprise");
    }
}
