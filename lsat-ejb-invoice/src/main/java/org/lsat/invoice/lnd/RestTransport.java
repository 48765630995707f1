package org.lsat.invoice.lnd;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.lsat.Invoice;
import org.lsat.InvoiceRequest;
import org.lsat.JsonObject;
import org.lsat.invoice.json.JsonException;
import org.lsat.invoice.json.JsonMembers;
import org.lsat.invoice.node.NodeCalls;
import org.lsat.invoice.node.NodeHttp;
import org.lsat.invoice.node.NodeThreads;
import org.lsat.protocol.PaymentHash;

/** LND by REST, as its own gateway translates gRPC (lnd {@code lnrpc/lightning.yaml}). Thread-safe. */
final class RestTransport implements LndTransport {

    private static final String MACAROON = "Grpc-Metadata-macaroon";

    /** An invoice that was paid in many parts tells of each. */
    private static final int MOST_BYTES = 256 * 1024;

    private static final int OK = 200;
    private static final int UNAUTHORISED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    /** Those with which a proxy says that there is nobody behind it. */
    private static final Set<Integer> NOBODY_BEHIND = Set.of(502, 503, 504);

    private final LndSettings settings;
    private final NodeThreads threads;
    private final URI root;
    private final LndLinks<Link> links;

    /** {@code threads} are closed with this. */
    RestTransport(LndSettings settings, NodeThreads threads) {
        this.settings = settings;
        this.threads = threads;
        this.root = URI.create("https://" + settings.host() + ":" + settings.port());
        // What was replaced is left to its calls, and then to the garbage collector.
        this.links = new LndLinks<>(settings, this::open, replaced -> {});
    }

    /** Connections of one certificate, for calls with one macaroon. */
    private static final class Link {

        private final NodeHttp http;
        private final NodeMacaroon macaroon;
        private volatile boolean hasAnswered;

        Link(NodeHttp http, NodeMacaroon macaroon) {
            this.http = http;
            this.macaroon = macaroon;
        }
    }

    private Link open(SSLContext tls, NodeMacaroon macaroon) {
        return new Link(new NodeHttp(tls, settings.deadline(), threads), macaroon);
    }

    @Override
    public NodeCalls.Sent<Invoice> addInvoice(InvoiceRequest request) throws IOException {
        return add(new JsonObject()
                .put("value_msat", request.amountMsat())
                .put("memo", request.memo())
                .put("expiry", request.expiry().toSeconds())
                .put("private", settings.privateHints()));
    }

    @Override
    public NodeCalls.Sent<Invoice> addInvoiceOfTwoAmounts() throws IOException {
        return add(new JsonObject().put("value", 1).put("value_msat", 1));
    }

    private NodeCalls.Sent<Invoice> add(JsonObject wanted) throws IOException {
        HttpRequest.Builder post = HttpRequest.newBuilder(root.resolve("/v1/invoices"))
                .POST(HttpRequest.BodyPublishers.ofString(wanted.toString()));
        return send(post, settings.callDeadline(), RestTransport::invoice);
    }

    private static Invoice invoice(int status, JsonMembers answer) throws LndException {
        requireOk(status, answer);
        byte[] hash = base64(answer.text("r_hash").orElse(""));
        if (hash.length != PaymentHash.LENGTH) {
            throw new LndException(LndFault.OTHER, "a payment hash of " + hash.length + " bytes");
        }
        return new Invoice(
                PaymentHash.at(hash, 0), answer.text("payment_request").orElse(""));
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // As good as nothing.
            return new byte[0];
        }
    }

    @Override
    public NodeCalls.Sent<Optional<State>> lookUp(PaymentHash payment) throws IOException {
        HttpRequest.Builder get = HttpRequest.newBuilder(root.resolve("/v1/invoice/" + payment.hex()));
        return send(get, settings.deadline(), RestTransport::state);
    }

    private static Optional<State> state(int status, JsonMembers answer) throws LndException {
        if (status == NOT_FOUND && saysNoInvoice(answer.text("message").orElse(""))) {
            return Optional.empty();
        }
        requireOk(status, answer);
        if (answer.text("payment_request").orElse("").isEmpty()) {
            return Optional.empty();
        }
        String state = answer.text("state").orElse("");
        return Optional.of(Arrays.stream(State.values())
                .filter(one -> one.name().equals(state))
                .findFirst()
                .orElseThrow(
                        () -> new CompletionException(new LndException(LndFault.OTHER, "an invoice without state"))));
    }

    /** The second as long as the node has made none at all. */
    private static boolean saysNoInvoice(String message) {
        return message.contains("unable to locate invoice") || message.contains("there are no existing invoices");
    }

    private static void requireOk(int status, JsonMembers answer) throws LndException {
        if (status != OK) {
            String message = answer.text("message").orElse("");
            throw new LndException(fault(status, message), "HTTP " + status + ": " + message);
        }
    }

    /** LND gives its reasons in words; who gives none is not LND. */
    static LndFault fault(int status, String message) {
        LndFault said = LndFault.ofText(message);
        if (said != LndFault.REFUSED) {
            return said;
        }
        if (NOBODY_BEHIND.contains(status)) {
            return LndFault.DOWN;
        }
        if (status == UNAUTHORISED || status == FORBIDDEN) {
            return LndFault.UNAUTHORISED;
        }
        return message.isEmpty() ? LndFault.OTHER : LndFault.REFUSED;
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(int status, JsonMembers answer) throws LndException;
    }

    private <T> NodeCalls.Sent<T> send(HttpRequest.Builder request, Duration within, Reading<T> reading)
            throws IOException {
        Link link = links.link();
        HttpRequest whole = request.header(MACAROON, link.macaroon.revealHex()).build();
        CompletableFuture<T> answer = link.http
                .send(whole, MOST_BYTES, within)
                .handle((reply, failure) -> read(link, reply, failure, reading));
        return new NodeCalls.Sent<>(answer, () -> silent(link));
    }

    private static <T> T read(
            Link link, NodeHttp.@Nullable Reply reply, @Nullable Throwable failure, Reading<T> reading) {
        try {
            if (reply == null) {
                throw failure(failure);
            }
            link.hasAnswered = true;
            return reading.of(reply.status(), members(reply));
        } catch (LndException e) {
            throw new CompletionException(e);
        }
    }

    /** An error of a proxy may be a page: then its status says it all. */
    private static JsonMembers members(NodeHttp.Reply reply) throws LndException {
        try {
            return JsonMembers.of(reply.body().bytes());
        } catch (JsonException e) {
            if (reply.status() == OK) {
                throw new LndException(LndFault.OTHER, "the answer is no JSON object: " + e.getMessage());
            }
            return JsonMembers.NONE;
        }
    }

    private static LndException failure(@Nullable Throwable cause) {
        LndFault fault = cause instanceof HttpTimeoutException ? LndFault.SILENT : LndFault.ofConnection(cause);
        Throwable root = cause;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        String words = root == null ? "" : root.getClass().getSimpleName() + " " + root.getMessage();
        return new LndException(fault, words);
    }

    /**
     * Connections that worked once may lead nowhere now, where a firewall forgot them: others are made. Those that never worked
     * are closed already, and a client made in vain every second would cost a thread each until the next garbage collection.
     */
    private void silent(Link link) {
        if (link.hasAnswered) {
            links.discard(link);
        }
    }

    @Override
    public void prepare() throws IOException {
        links.link();
    }

    @Override
    public boolean isClosed() {
        return links.isClosed();
    }

    @Override
    public void close() {
        links.close();
        threads.close();
    }
}
