package org.lsat.invoice.address;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.lsat.invoice.json.JsonException;
import org.lsat.invoice.json.JsonMembers;
import org.lsat.invoice.node.NodeHttp;
import org.lsat.invoice.node.NodeThreads;

/**
 * Asks the provider of an address, and reads JSON. What it answers with fails with an {@link AddressException}. No redirect is
 * followed. Thread-safe.
 */
final class Provider {

    /** Metadata may hold a picture of 136 536 characters (LUD-06). */
    private static final int MOST_BYTES = 256 * 1024;

    private static final int MOST_REASON = 200;
    private static final int OK = 200;
    private static final int REDIRECT = 300;
    private static final int ERROR = 400;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int FAULT = 500;

    private final LightningAddress address;
    private final Duration deadline;
    private final NodeThreads threads;
    private final NodeHttp http;

    Provider(LightningAddress address, Duration deadline, NodeThreads threads, SSLContext tls) {
        this.address = address;
        this.deadline = deadline;
        this.threads = threads;
        this.http = new NodeHttp(tls, deadline, threads);
    }

    /** An answer; {@code notFound}: a refusal that says that there is no such thing, or a page that is not there. */
    record Answer(JsonMembers members, Optional<AddressException> notFound) {

        /** Whether it says so as LUD-06 has it; else it may be the page of a gateway, which knows of no invoice. */
        boolean isError() {
            return members.text("status").orElse("").equalsIgnoreCase("ERROR");
        }
    }

    /** What the provider says of the address. */
    CompletableFuture<PayRequest> payRequest() {
        return get(address.payRequest()).thenApply(answer -> {
            try {
                if (answer.notFound.isPresent()) {
                    throw AddressException.lasting(
                            address.host() + " knows no " + address + "; correct lsat.lightning-address");
                }
                return PayRequest.of(answer.members, address.host());
            } catch (AddressException e) {
                throw new CompletionException(e);
            }
        });
    }

    /** Asks an address that the provider gave. */
    CompletableFuture<Answer> get(URI target) {
        CompletableFuture<Void> looked = CompletableFuture.runAsync(
                () -> {
                    try {
                        Targets.requireAllowed(target, address.payRequest());
                    } catch (AddressException e) {
                        throw new CompletionException(e);
                    }
                },
                threads::execute);
        HttpRequest request = HttpRequest.newBuilder(target)
                .header("Accept", "application/json")
                .build();
        return looked.thenCompose(allowed -> http.send(request, MOST_BYTES, deadline))
                .handle((reply, failure) -> read(target, reply, failure));
    }

    private Answer read(URI target, NodeHttp.@Nullable Reply reply, @Nullable Throwable failure) {
        try {
            if (reply == null) {
                throw failed(target.getHost(), failure);
            }
            return read(target.getHost(), reply);
        } catch (AddressException e) {
            throw new CompletionException(e);
        }
    }

    private AddressException failed(String host, @Nullable Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof AddressException known) {
                return known;
            }
            if (at instanceof HttpTimeoutException) {
                return silent(host);
            }
            if (at instanceof SSLException || at instanceof CertificateException) {
                return AddressException.lasting(
                        "whoever answers as " + host + " does not prove to be it: " + at.getMessage());
            }
        }
        Throwable root = failure;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        String words = root == null ? "" : root.getClass().getSimpleName() + " " + root.getMessage();
        return AddressException.passing(host + " cannot be reached (" + words + ")");
    }

    /** What is said of an answer that does not come. */
    AddressException silent(String host) {
        return AddressException.passing(host + " does not answer within lsat.lightning-address.deadline=" + deadline);
    }

    /** Errors come with status 200 or with another; what counts is what they say. */
    private static Answer read(String host, NodeHttp.Reply reply) throws AddressException {
        int status = reply.status();
        if (status >= REDIRECT && status < ERROR) {
            throw AddressException.lasting(host + " answers with HTTP " + status
                    + ", and redirects are not followed; set lsat.lightning-address to the address behind it");
        }
        Answer answer = new Answer(members(host, reply), Optional.empty());
        boolean isError = answer.isError();
        if (status == OK && !isError) {
            return answer;
        }
        String reason = answer.members.text("reason").orElse("");
        boolean isNamed = isError && reason.toLowerCase(Locale.ROOT).contains("not found");
        if (status == NOT_FOUND || (isNamed && status < FAULT)) {
            return new Answer(answer.members, Optional.of(refusal(host, status, reason)));
        }
        throw refusal(host, status, reason);
    }

    private static JsonMembers members(String host, NodeHttp.Reply reply) throws AddressException {
        try {
            return JsonMembers.of(reply.body().bytes());
        } catch (JsonException e) {
            if (reply.status() == NOT_FOUND) {
                return JsonMembers.NONE;
            }
            throw AddressException.passing(
                    host + " answers with HTTP " + reply.status() + " and no JSON object: " + e.getMessage());
        }
    }

    /** What it says may hold for one request alone, as of an amount; of all it holds where the status says so. */
    private static AddressException refusal(String host, int status, String reason) {
        String message = host + " refuses (HTTP " + status + "): "
                + (reason.length() > MOST_REASON ? reason.substring(0, MOST_REASON) + "…" : reason);
        return status >= FAULT || status == TOO_MANY
                ? AddressException.passing(message)
                : AddressException.refused(message);
    }
}
