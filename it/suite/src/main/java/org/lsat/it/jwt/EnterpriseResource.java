package org.lsat.it.jwt;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import org.lsat.jaxrs.Paid;

/** An enterprise bean, where there are such: its container asks for the role itself, after Jakarta REST. */
@Stateless
@Path("enterprise")
@Paid("annotated")
public class EnterpriseResource {

    @GET
    @Path("reader")
    @RolesAllowed("reader")
    public String reader(@Context HttpServletRequest request, @Context SecurityContext security) {
        return Content.of(request, security);
    }

    @GET
    @Path("editor")
    @RolesAllowed("editor")
    public String editor(@Context HttpServletRequest request, @Context SecurityContext security) {
        return Content.of(request, security);
    }
}
