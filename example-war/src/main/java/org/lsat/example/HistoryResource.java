package org.lsat.example;

import jakarta.enterprise.context.RequestScoped;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lsat.PaidAccess;
import org.lsat.jaxrs.Paid;

/** {@code GET /api/history/{currency}?from=&to=}: the rates of a period, for programs and for spreadsheets. */
@RequestScoped
@Path("history")
@Paid(
        value = "history",
        price = "100 sat",
        uses = 100,
        validFor = "P30D",
        description = "Every rate of a currency since 1999, as JSON or CSV")
public class HistoryResource {

    /** Made once: {@code Json.create…} looks its provider up at each call, which is most of the time of a long list. */
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private static final int RATES_FOR_A_SAT = 100;
    private static final long MSAT = 1_000;

    private static final String CSV = "text/csv;charset=UTF-8";

    /** Without a dot: RESTEasy would take {@code USD.csv} for a currency, though the other path fits it better. */
    private static final String CURRENCY = "{currency: [^/.]+}";

    private final ReferenceRates rates = ReferenceRates.published();

    @GET
    @Path(CURRENCY)
    @Produces(MediaType.APPLICATION_JSON)
    public JsonObject json(
            @PathParam("currency") String code,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response) {
        variesByAccept(response);
        Series series = series(code);
        Period period = Period.of(from, to, series);
        JsonArrayBuilder quotes = JSON.createArrayBuilder();
        for (Quote quote : quotes(series, period, request)) {
            quotes.add(JSON.createObjectBuilder()
                    .add("date", quote.date().toString())
                    .add("rate", Figures.published(quote.rate())));
        }
        return JSON.createObjectBuilder()
                .add("base", "EUR")
                .add("currency", series.code())
                .add("name", series.name())
                .add("from", period.from().toString())
                .add("to", period.to().toString())
                .add("rates", quotes)
                .add("source", rates.source())
                .build();
    }

    /** Half as good as JSON in the eyes of a client that takes anything. */
    @GET
    @Path(CURRENCY)
    @Produces("text/csv;charset=UTF-8;qs=0.5")
    public Response csv(
            @PathParam("currency") String code,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response) {
        variesByAccept(response);
        return Response.ok(table(code, from, to, request), CSV).build();
    }

    /** For links and spreadsheets, which cannot choose their Accept field; CSV whatever that says. */
    @GET
    @Path(CURRENCY + ".csv")
    public Response file(
            @PathParam("currency") String code,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @Context HttpServletRequest request) {
        return Response.ok(table(code, from, to, request), CSV).build();
    }

    /** The source is a column, since CSV has no comments. */
    private String table(String code, @Nullable String from, @Nullable String to, HttpServletRequest request) {
        Series series = series(code);
        StringBuilder table = new StringBuilder("date,currency,rate,source\r\n");
        for (Quote quote : quotes(series, Period.of(from, to, series), request)) {
            table.append(quote.date()).append(',').append(series.code()).append(',');
            table.append(Figures.published(quote.rate())).append(",European Central Bank\r\n");
        }
        return table.toString();
    }

    /** Added, where the header of a JAX-RS response would replace what the paywall has said there already. */
    private static void variesByAccept(HttpServletResponse response) {
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    }

    private static List<Quote> quotes(Series series, Period period, HttpServletRequest request) {
        List<Quote> quotes = series.between(period.from(), period.to());
        if (request.getAttribute(PaidAccess.ATTRIBUTE) instanceof PaidAccess access) {
            access.balance().ifPresent(balance -> balance.cost(costMsat(quotes.size(), balance.reservedMsat())));
        }
        return quotes;
    }

    /** What is drawn from a balance: a sat for each hundred rates begun, and never more than the price, which is reserved. */
    static long costMsat(int rates, long priceMsat) {
        long hundreds = (rates + RATES_FOR_A_SAT - 1L) / RATES_FOR_A_SAT;
        return Math.min(priceMsat, hundreds * MSAT);
    }

    private Series series(String code) {
        return rates.find(code).orElseThrow(() -> Problem.unknownCurrency(code));
    }
}
