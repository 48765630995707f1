package org.lsat.example;

import jakarta.enterprise.context.RequestScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code GET /api/currencies}: which currencies there are; free. */
@RequestScoped
@Path("currencies")
public class CurrenciesResource {

    private final ReferenceRates rates = ReferenceRates.published();

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public JsonObject list() {
        return Json.createObjectBuilder()
                .add("base", "EUR")
                .add("currencies", CurrencyList.of(rates.all()))
                .add("source", rates.source())
                .build();
    }
}
