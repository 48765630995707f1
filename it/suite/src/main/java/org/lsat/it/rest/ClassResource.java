package org.lsat.it.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Objects;
import org.lsat.PaidAccess;
import org.lsat.jaxrs.Free;
import org.lsat.jaxrs.Paid;

/** Priced as a whole, with exceptions. */
@Path("class")
@Paid(value = "class", price = "5 sat", uses = 3, description = "three of the class")
public class ClassResource {

    @GET
    public String get() {
        return Sold.content("class");
    }

    @POST
    public String post(String body) {
        return Sold.content("posted " + body);
    }

    @GET
    @Path("buyer")
    public String buyer(@Context SecurityContext security, @Context HttpServletRequest request) {
        Object access = request.getAttribute(PaidAccess.ATTRIBUTE);
        return Sold.content(Objects.requireNonNull(security.getUserPrincipal()).getName()
                + ' '
                + security.getAuthenticationScheme()
                + ' '
                + ((PaidAccess) access).rule());
    }

    @DELETE
    @Path("free")
    public String delete() {
        return Sold.content("delete");
    }

    @GET
    @Path("free")
    @Free
    public String free() {
        return "free\n";
    }

    @GET
    @Path("other")
    @Paid("method")
    public String other() {
        return Sold.content("other");
    }
}
