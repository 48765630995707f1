package org.lsat.it.jwt;

import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;

/** Priced by path; below {@code constrained}, {@code web.xml} asks for the login, too. */
@Path("{path: priced|constrained}")
public class PathResource {

    @GET
    @Path("anybody")
    public String anybody(@Context HttpServletRequest request, @Context SecurityContext security) {
        return Content.of(request, security);
    }

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
