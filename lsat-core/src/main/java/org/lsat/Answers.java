package org.lsat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lsat.ledger.LedgerUnavailableException;

/** The answers of ours that carry no challenge. */
final class Answers {

    static final Header NO_STORE = new Header("Cache-Control", "no-store");
    static final Header PRIVATE = new Header("Cache-Control", "private");
    static final Header VARY_BY_TOKEN = new Header("Vary", "Authorization, Macaroon, Grpc-Metadata-Macaroon");
    static final Header JSON = new Header("Content-Type", "application/json;charset=UTF-8");
    static final Header PROBLEM_JSON = new Header("Content-Type", "application/problem+json;charset=UTF-8");

    /** Constant: nothing of the request is repeated in it. */
    static final HttpAnswer BAD_TARGET = problem(
            Reason.BAD_TARGET,
            "The path of the request must be in canonical form: no empty, . or .. segment, no ; or \\,"
                    + " and no encoded / \\ . % ; or control character.");

    /** RFC 9110 section 9.3.7; without CORS fields, so that a browser of another origin goes no further. */
    static final HttpAnswer PREFLIGHT = new HttpAnswer(Optional.empty(), 204, List.of(NO_STORE), "", Optional.empty());

    private static final Duration LEDGER_RETRY = Duration.ofSeconds(5);

    private Answers() {}

    static JsonObject body(Reason reason, String detail) {
        return new JsonObject()
                .put("type", "urn:lsat:" + reason.wireName())
                .put("title", reason.title())
                .put("status", reason.status())
                .put("detail", detail)
                .put("reason", reason.wireName());
    }

    static HttpAnswer problem(Reason reason, String detail, Header... more) {
        List<Header> headers = new ArrayList<>(List.of(more));
        headers.add(NO_STORE);
        headers.add(PROBLEM_JSON);
        return new HttpAnswer(
                Optional.of(reason),
                reason.status(),
                headers,
                body(reason, detail).toString(),
                Optional.empty());
    }

    static HttpAnswer retryLater(Reason reason, String detail, Duration after) {
        long seconds = Math.max(1, after.toSeconds());
        return problem(reason, detail, new Header("Retry-After", Long.toString(seconds)));
    }

    /** What was asked for. */
    static HttpAnswer json(JsonObject body, Header... more) {
        List<Header> headers = new ArrayList<>(List.of(more));
        headers.add(NO_STORE);
        headers.add(JSON);
        return new HttpAnswer(Optional.empty(), 200, headers, body.toString(), Optional.empty());
    }

    /** RFC 9457 section 4.2.1: no more than the status says. */
    static HttpAnswer withoutReason(int status) {
        JsonObject body = new JsonObject().put("type", "about:blank").put("status", status);
        return new HttpAnswer(
                Optional.empty(), status, List.of(NO_STORE, PROBLEM_JSON), body.toString(), Optional.empty());
    }

    static HttpAnswer with(HttpAnswer answer, List<Header> more) {
        if (more.isEmpty()) {
            return answer;
        }
        List<Header> headers = new ArrayList<>(answer.headers());
        headers.addAll(more);
        return new HttpAnswer(answer.reason(), answer.status(), headers, answer.body(), answer.warning());
    }

    static HttpAnswer warning(HttpAnswer answer, Reason about, String message) {
        HttpAnswer.Warning warning = new HttpAnswer.Warning(about, message);
        return new HttpAnswer(answer.reason(), answer.status(), answer.headers(), answer.body(), Optional.of(warning));
    }

    /** Whoever has a token keeps it, and nobody is sold what could not be counted. */
    static HttpAnswer ledgerUnavailable(LedgerUnavailableException e) {
        return warning(
                retryLater(
                        Reason.LEDGER_UNAVAILABLE,
                        "Uses cannot be counted now. A token that you have is kept: come back with it.",
                        LEDGER_RETRY),
                Reason.LEDGER_UNAVAILABLE,
                "the ledger is unavailable: " + e.getMessage());
    }
}
