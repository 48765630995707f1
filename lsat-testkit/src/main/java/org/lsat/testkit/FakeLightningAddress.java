package org.lsat.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lsat.JsonObject;
import org.lsat.protocol.Bolt11;
import org.lsat.protocol.Bolt11Exception;
import org.lsat.protocol.PaymentHash;

/**
 * A provider of one Lightning Address, by HTTPS on a free port of this machine, as LUD-06, LUD-12, LUD-16 and LUD-21 have it.
 * Who makes its invoices is said at start. Told to with {@link #answer}, it answers otherwise. Thread-safe.
 */
public final class FakeLightningAddress implements AutoCloseable {

    /** Where it says how it is paid. */
    public static final String PAY_REQUEST = "/.well-known/lnurlp/shop";

    /** Where it makes invoices. */
    public static final String CALLBACK = "/callback";

    /** Where it tells whether one is settled; the payment hash follows. */
    public static final String VERIFY = "/verify/";

    /** What it says of itself. */
    public static final String METADATA = "[[\"text/plain\",\"a shop\"],[\"text/identifier\",\"shop@localhost\"]]";

    /** The least and the most that it takes, in millisatoshi. */
    public static final long MIN_MSAT = 1;

    /** See {@link #MIN_MSAT}. */
    public static final long MAX_MSAT = 100_000_000_000L;

    private static final Pattern AMOUNT = Pattern.compile("(?:.*&)?amount=([0-9]{1,18})(?:&.*)?");

    private final Issuer issuer;
    private final FakeCertificate certificate = FakeCertificate.of("localhost");
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<URI> requests = new CopyOnWriteArrayList<>();
    private @Nullable HttpsServer server;
    private @Nullable ExecutorService threads;
    private int port;

    private FakeLightningAddress(Issuer issuer) {
        this.issuer = issuer;
    }

    /** Makes invoices, and knows what became of them. Implementations are thread-safe. */
    public interface Issuer {

        /** The text of a new invoice; {@code descriptionHash}: 64 hex digits that it carries. */
        String invoice(long amountMsat, String descriptionHash) throws Exception;

        /** Whether an invoice was paid; false where there is none. */
        boolean isSettled(PaymentHash payment) throws Exception;
    }

    /** Answers requests of one path. */
    @FunctionalInterface
    public interface Answer {

        /** Answers one. */
        Reply to(URI request) throws Exception;
    }

    /**
     * An answer.
     *
     * @param fields of its header
     * @param pause before the last byte of its body
     */
    public record Reply(int status, Map<String, String> fields, String body, Duration pause) {

        /** One with this status and body, at once. */
        public static Reply of(int status, String body) {
            return new Reply(status, Map.of(), body, Duration.ZERO);
        }
    }

    /** Starts one. */
    public static FakeLightningAddress start(Issuer issuer) throws IOException {
        FakeLightningAddress address = new FakeLightningAddress(issuer);
        address.start();
        return address;
    }

    /** Serves again after {@link #stop}, on the same port. */
    public synchronized void start() throws IOException {
        HttpsServer started = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        port = started.getAddress().getPort();
        started.setHttpsConfigurator(new HttpsConfigurator(certificate.serverTls()));
        ExecutorService own = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "fake-lightning-address");
            thread.setDaemon(true);
            return thread;
        });
        started.setExecutor(own);
        started.createContext("/", this::serve);
        started.start();
        server = started;
        threads = own;
    }

    /** Dies: open connections break, new ones are refused. */
    public synchronized void stop() {
        if (server != null) {
            server.stop(0);
        }
        if (threads != null) {
            threads.shutdownNow();
        }
    }

    /** The value of {@code lsat.lightning-address}. */
    public synchronized String address() {
        return "shop@localhost:" + port;
    }

    /** Its root, without a slash at the end. */
    public synchronized String root() {
        return "https://localhost:" + port;
    }

    /** What it shows, and a client has to trust. */
    public FakeCertificate certificate() {
        return certificate;
    }

    /** What it was asked for, in order. */
    public List<URI> requests() {
        return List.copyOf(requests);
    }

    /** How often this path was asked for. */
    public int requests(String path) {
        return (int) requests.stream()
                .filter(request -> request.getPath().startsWith(path))
                .count();
    }

    /** Answers requests of this path otherwise from now on; {@code null} as before. */
    public void answer(String path, @Nullable Answer answer) {
        if (answer == null) {
            answers.remove(path);
        } else {
            answers.put(path, answer);
        }
    }

    /** As LUD-06 has it, step 3. */
    public Reply payRequest() {
        return Reply.of(
                200,
                new JsonObject()
                        .put("tag", "payRequest")
                        .put("callback", root() + CALLBACK)
                        .put("minSendable", MIN_MSAT)
                        .put("maxSendable", MAX_MSAT)
                        .put("commentAllowed", 20)
                        .put("metadata", METADATA)
                        .toString());
    }

    /** As LUD-06 has it, step 5, with LUD-21. */
    public Reply payment(String bolt11) throws Bolt11Exception {
        return Reply.of(
                200,
                new JsonObject()
                        .put("pr", bolt11)
                        .put(
                                "verify",
                                root()
                                        + VERIFY
                                        + Bolt11.parse(bolt11).paymentHash().hex())
                        .toString());
    }

    /** As all documents have it. */
    public static Reply error(String reason) {
        return Reply.of(
                200,
                new JsonObject().put("status", "ERROR").put("reason", reason).toString());
    }

    /** What its invoices carry: SHA-256 of {@link #METADATA}, 64 hex digits. */
    public static String descriptionHash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(METADATA.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Reply reply(URI request) throws Exception {
        String path = request.getPath();
        for (Map.Entry<String, Answer> other : answers.entrySet()) {
            if (path.startsWith(other.getKey())) {
                return other.getValue().to(request);
            }
        }
        if (path.equals(PAY_REQUEST)) {
            return payRequest();
        }
        if (path.equals(CALLBACK)) {
            Matcher amount = AMOUNT.matcher(String.valueOf(request.getRawQuery()));
            return amount.matches()
                    ? payment(issuer.invoice(Long.parseLong(amount.group(1)), descriptionHash()))
                    : error("no amount");
        }
        if (path.startsWith(VERIFY)) {
            return verified(PaymentHash.ofHex(path.substring(VERIFY.length())));
        }
        return Reply.of(404, "");
    }

    private Reply verified(PaymentHash payment) throws Exception {
        return Reply.of(
                200,
                new JsonObject()
                        .put("status", "OK")
                        .put("settled", issuer.isSettled(payment))
                        .toString());
    }

    private void serve(HttpExchange exchange) {
        requests.add(exchange.getRequestURI());
        try (exchange) {
            Reply reply = reply(exchange.getRequestURI());
            reply.fields()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                OutputStream out = exchange.getResponseBody();
                out.write(body, 0, body.length - 1);
                out.flush();
                TimeUnit.MILLISECONDS.sleep(reply.pause().toMillis());
                out.write(body, body.length - 1, 1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) { // what an issuer throws
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
