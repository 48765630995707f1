package org.lsat.example;

import jakarta.enterprise.context.RequestScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.lsat.jaxrs.Paid;

/** {@code GET /api/pro/{currency}}: the newest rate, what it was on average, and how much it moves. */
@RequestScoped
@Path("pro/{currency}")
@Paid(value = "pro", price = "1000 sat", validFor = "P30D", description = "Moving averages and volatility")
public class ProResource {

    private static final int[] AVERAGED_DAYS = {20, 50, 200};

    private final ReferenceRates rates = ReferenceRates.published();

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public JsonObject figures(@PathParam("currency") String code) {
        Series series = rates.find(code).orElseThrow(() -> Problem.unknownCurrency(code));
        JsonObjectBuilder averages = Json.createObjectBuilder();
        for (int days : AVERAGED_DAYS) {
            averages.add(String.valueOf(days), Figures.computed(Statistics.mean(series.newestRates(days))));
        }
        // A year of changes lies between one rate more.
        double volatility = Statistics.volatility(series.newestRates(Statistics.DAYS_A_YEAR + 1));
        return Json.createObjectBuilder()
                .add("base", "EUR")
                .add("currency", series.code())
                .add("name", series.name())
                .add("date", series.newest().date().toString())
                .add("rate", Figures.published(series.newest().rate()))
                .add("movingAverages", averages)
                .add("volatility", Figures.computed(volatility))
                .add("source", rates.source())
                .build();
    }
}
