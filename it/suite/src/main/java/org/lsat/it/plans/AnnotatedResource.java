package org.lsat.it.plans;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.lsat.jaxrs.Paid;

/** Priced by annotations alone, if the configuration says nothing else. */
@Path("annotated")
public class AnnotatedResource {

    @GET
    @Paid(value = "annotated", price = "2 sat")
    public String get() {
        return MeteredServlet.CONTENT + " annotated";
    }

    @GET
    @Path("sampled")
    @Paid(value = "sampled", price = "2 sat")
    public String sampled() {
        return MeteredServlet.CONTENT + " sampled";
    }
}
