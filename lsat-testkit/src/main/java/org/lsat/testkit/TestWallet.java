package org.lsat.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lsat.PaidToken;

/**
 * A client that pays, for a test of a running application with {@code lsat.backend=dev}: it asks without a token, pays the
 * invoice of the 402 with the dev wallet, and has a token.
 *
 * <pre>{@code
 * TestWallet wallet = TestWallet.at(URI.create("http://127.0.0.1:8080/shop"));
 * PaidToken token = wallet.pay("/api/forecast");
 * request.header("Authorization", token.authorization());
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class TestWallet {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern CHALLENGE =
            Pattern.compile("L402 .*?macaroon=\"([^\"]+)\".*?invoice=\"([^\"]+)\".*", Pattern.CASE_INSENSITIVE);
    private static final Pattern PREIMAGE = Pattern.compile("\"preimage\"\\s*:\\s*\"([0-9a-f]{64})\"");

    private final String application;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    private TestWallet(URI application) {
        this.application = application.toString().replaceAll("/+$", "");
    }

    /** A client of the application whose context root is at {@code application}. */
    public static TestWallet at(URI application) {
        return new TestWallet(application);
    }

    /**
     * Buys what a GET of {@code path} costs.
     *
     * @param path below the context root, beginning with {@code /}; may have a query
     * @throws IllegalStateException if it costs nothing, or cannot be paid
     */
    public PaidToken pay(String path) {
        return pay("GET", path);
    }

    /** The same for another method; the request has no body. */
    public PaidToken pay(String method, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(application + path))
                .timeout(TIMEOUT)
                .method(method, BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = send(request);
        if (answer.statusCode() != 402) {
            throw new IllegalStateException(method + " " + request.uri() + " was answered with " + answer.statusCode()
                    + " and not with 402: has it a price, is lsat.enabled not false, does the application run?\n"
                    + answer.body());
        }
        for (String value : answer.headers().allValues("WWW-Authenticate")) {
            Matcher challenge = CHALLENGE.matcher(value);
            if (challenge.matches()) {
                return new PaidToken(challenge.group(1), preimageOf(challenge.group(2)));
            }
        }
        throw new IllegalStateException(
                "no challenge of scheme L402 in " + answer.headers().allValues("WWW-Authenticate"));
    }

    /** Pays an invoice of the application's dev wallet. */
    private String preimageOf(String invoice) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(application + "/lsat/dev/pay"))
                .timeout(TIMEOUT)
                .POST(BodyPublishers.ofString("{\"invoice\":\"" + invoice + "\"}"))
                .build();
        HttpResponse<String> answer = send(request);
        Matcher preimage = PREIMAGE.matcher(answer.body());
        if (answer.statusCode() != 200 || !preimage.find()) {
            throw new IllegalStateException(request.uri() + " did not pay, but answered with " + answer.statusCode()
                    + ": is the backend lsat.backend=dev? Else mint a token with TestTokens\n" + answer.body());
        }
        return preimage.group(1);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("nobody answers at " + request.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
