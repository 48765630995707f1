package org.lsat.example;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.StatusType;

/** Answers that say what is wrong with a request, as RFC 9457 has it. */
final class Problem {

    static final String TYPE = "application/problem+json";

    /** As much of what a client sent as an answer repeats. */
    private static final int MOST_QUOTED = 40;

    private Problem() {}

    static WebApplicationException notFound(String detail) {
        return exception(Response.Status.NOT_FOUND, detail);
    }

    static WebApplicationException badRequest(String detail) {
        return exception(Response.Status.BAD_REQUEST, detail);
    }

    /** There are no rates for this code. */
    static WebApplicationException unknownCurrency(String code) {
        return notFound(
                "There are no rates for " + quoted(code) + ". GET /api/currencies, which is free, lists the codes.");
    }

    static JsonObject body(StatusType status, String detail) {
        JsonObjectBuilder body = Json.createObjectBuilder()
                .add("title", status.getReasonPhrase())
                .add("status", status.getStatusCode());
        return (detail.isEmpty() ? body : body.add("detail", detail)).build();
    }

    /** What a client sent, fit to be repeated to it. */
    static String quoted(String sent) {
        return '"' + (sent.length() > MOST_QUOTED ? sent.substring(0, MOST_QUOTED) + "…" : sent) + '"';
    }

    private static WebApplicationException exception(StatusType status, String detail) {
        return new WebApplicationException(
                Response.status(status).type(TYPE).entity(body(status, detail)).build());
    }
}
