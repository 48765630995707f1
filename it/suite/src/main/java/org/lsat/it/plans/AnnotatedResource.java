package org.lsat.it.plans;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.lsat.jaxrs.Paid;

/** Priced by the annotation alone. */
@Path("annotated")
public class AnnotatedResource {

    @GET
    @Paid(value = "annotated", price = "2 sat")
    public String get() {
        return MeteredServlet.CONTENT + " annotated";
    }
}
