package org.lsat.example;

import jakarta.enterprise.context.RequestScoped;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/history/{currency}?from=&to=}: the rates of a period, for programs and for spreadsheets. */
@RequestScoped
@Path("history")
public class HistoryResource {

    private static final String CSV = "text/csv;charset=UTF-8";

    private final ReferenceRates rates = ReferenceRates.published();

    @GET
    @Path("{currency}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response json(
            @PathParam("currency") String code,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        Series series = series(code);
        Period period = Period.of(from, to, series);
        JsonArrayBuilder quotes = Json.createArrayBuilder();
        for (Quote quote : quotes(series, period)) {
            quotes.add(Json.createObjectBuilder()
                    .add("date", quote.date().toString())
                    .add("rate", Figures.published(quote.rate())));
        }
        JsonObject answer = Json.createObjectBuilder()
                .add("base", "EUR")
                .add("currency", series.code())
                .add("name", series.name())
                .add("from", period.from().toString())
                .add("to", period.to().toString())
                .add("rates", quotes)
                .add("source", rates.source())
                .build();
        return negotiated(answer, MediaType.APPLICATION_JSON);
    }

    /** Half as good as JSON in the eyes of a client that takes anything. */
    @GET
    @Path("{currency}")
    @Produces("text/csv;charset=UTF-8;qs=0.5")
    public Response csv(
            @PathParam("currency") String code,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        return negotiated(table(code, from, to), CSV);
    }

    /** For links and spreadsheets, which cannot choose their Accept field; CSV whatever that says. */
    @GET
    @Path("{currency}.csv")
    public Response file(
            @PathParam("currency") String code,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        return Response.ok(table(code, from, to), CSV).build();
    }

    /** The source is a column, since CSV has no comments. */
    private String table(String code, @Nullable String from, @Nullable String to) {
        Series series = series(code);
        StringBuilder table = new StringBuilder("date,currency,rate,source\r\n");
        for (Quote quote : quotes(series, Period.of(from, to, series))) {
            table.append(quote.date()).append(',').append(series.code()).append(',');
            table.append(Figures.published(quote.rate())).append(",European Central Bank\r\n");
        }
        return table.toString();
    }

    private static Response negotiated(Object answer, String type) {
        return Response.ok(answer, type)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
    }

    private static List<Quote> quotes(Series series, Period period) {
        return series.between(period.from(), period.to());
    }

    private Series series(String code) {
        return rates.find(code).orElseThrow(() -> Problem.unknownCurrency(code));
    }
}
