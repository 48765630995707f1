package org.lsat.example;

import jakarta.enterprise.context.RequestScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;

/** {@code POST /api/search} with {@code {"q":"krone"}}: the currencies whose code or name contains that. */
@RequestScoped
@Path("search")
public class SearchResource {

    private final ReferenceRates rates = ReferenceRates.published();

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public JsonObject search(InputStream body) throws IOException {
        String q = SearchQuery.read(body);
        return Json.createObjectBuilder()
                .add("q", q)
                .add("matches", CurrencyList.of(rates.search(q.strip())))
                .add("source", rates.source())
                .build();
    }
}
