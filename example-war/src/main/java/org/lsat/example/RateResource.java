package org.lsat.example;

import jakarta.enterprise.context.RequestScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code GET /api/rates/{currency}}: the newest rate. */
@RequestScoped
@Path("rates/{currency}")
public class RateResource {

    private final ReferenceRates rates = ReferenceRates.published();

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public JsonObject newest(@PathParam("currency") String code) {
        Series series = rates.find(code).orElseThrow(() -> Problem.unknownCurrency(code));
        Quote newest = series.newest();
        return Json.createObjectBuilder()
                .add("base", "EUR")
                .add("currency", series.code())
                .add("name", series.name())
                .add("date", newest.date().toString())
                .add("rate", Figures.published(newest.rate()))
                .add("source", rates.source())
                .build();
    }
}
