package org.lsat.it.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.lsat.jaxrs.Paid;

/** Fails in several ways, and works. */
@Path("failing")
@Paid(value = "failing", price = "1 sat")
public class FailingResource {

    @GET
    @Path("no")
    public String works() {
        return Sold.content("works");
    }

    @GET
    @Path("404")
    public String notFound() {
        throw new NotFoundException();
    }

    @GET
    @Path("mapped")
    public String mapped() {
        throw new Mapped();
    }

    @GET
    @Path("unmapped")
    public String unmapped() {
        throw new IllegalStateException("as the test wants it");
    }

    /** Mapped to a 500 with a body. */
    static final class Mapped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Found by the server. */
    @Provider
    public static class Mapper implements ExceptionMapper<Mapped> {

        @Override
        public Response toResponse(Mapped exception) {
            return Response.serverError().entity("mapped\n").build();
        }
    }
}
