package org.lsat.it.regtest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.lsat.protocol.Preimage;

/** The example as its clients see it. */
final class Shop {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI root;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** {@code root}: of the application, without a slash at the end. */
    Shop(String root) {
        this.root = URI.create(root);
    }

    /** An answer. */
    record Answer(int status, Optional<String> retryAfter, Optional<String> usesLeft, String body) {

        /** A member of a flat JSON object. */
        String member(String name) {
            int at = body.indexOf("\"" + name + "\":\"");
            if (at < 0) {
                throw new AssertionError("no member " + name + " in " + status + " " + body);
            }
            int from = at + name.length() + 4;
            return body.substring(from, body.indexOf('"', from));
        }

        String token(Preimage preimage) {
            return "L402 " + member("macaroon") + ":" + preimage.revealHex();
        }
    }

    /** Asks without a token. */
    Answer get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(root + path)));
    }

    Answer get(String path, String token) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(root + path)).header("Authorization", token));
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Retry-After"),
                response.headers().firstValue("L402-Uses-Left"),
                response.body());
    }
}
