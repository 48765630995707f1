package org.lsat.example;

import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code GET /api/sample/{currency}}: the newest rate, for who wants to see some of them before paying: its rule has free requests. */
@RequestScoped
@Path("sample/{currency}")
public class SampleResource {

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public JsonObject newest(@PathParam("currency") String code) {
        return new RateResource().newest(code);
    }
}
