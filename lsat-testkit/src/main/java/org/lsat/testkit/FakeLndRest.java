package org.lsat.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.lightningj.lnd.proto.LightningApi;
import org.lsat.Invoice;
import org.lsat.InvoiceException;
import org.lsat.InvoiceRequest;
import org.lsat.JsonObject;

/** A {@link FakeLnd} by REST, as LND's gateway translates gRPC (lnd {@code lnrpc/lightning.yaml}). */
final class FakeLndRest {

    private static final String INVOICE = "/v1/invoice/";

    /** Of an object as {@link JsonObject} writes it, which the paywall does. */
    private static final Pattern MEMBER =
            Pattern.compile("\"([a-z_]+)\":(?:([0-9]+)|\"((?:[^\"\\\\]|\\\\.)*)\"|true|false)");

    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-f]{4})|(.))");

    private final FakeLnd lnd;
    private @Nullable HttpsServer server;
    private @Nullable ExecutorService threads;
    private int port;

    FakeLndRest(FakeLnd lnd) {
        this.lnd = lnd;
    }

    void start(SSLContext tls) throws IOException {
        HttpsServer started = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        port = started.getAddress().getPort();
        started.setHttpsConfigurator(new HttpsConfigurator(tls));
        ExecutorService own = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "fake-lnd-rest");
            thread.setDaemon(true);
            return thread;
        });
        started.setExecutor(own);
        started.createContext(
                "/v1/invoices", exchange -> let(exchange, "lnrpc.Lightning/AddInvoice", this::addInvoice));
        started.createContext(INVOICE, exchange -> let(exchange, "lnrpc.Lightning/LookupInvoice", this::lookUp));
        started.start();
        server = started;
        threads = own;
    }

    void stop() {
        if (server != null) {
            server.stop(0);
        }
        if (threads != null) {
            threads.shutdownNow();
        }
    }

    int port() {
        return port;
    }

    @FunctionalInterface
    private interface Call {
        void answer(HttpExchange exchange) throws IOException;
    }

    private void let(HttpExchange exchange, String method, Call call) throws IOException {
        Status refusal = lnd.refusal(exchange.getRequestHeaders().getFirst("Grpc-Metadata-macaroon"), method);
        if (refusal == null) {
            call.answer(exchange);
        } else {
            fail(exchange, refusal);
        }
    }

    private void addInvoice(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> asked = members(body);
        if (asked.containsKey("value") && asked.containsKey("value_msat")) {
            lnd.whenItIsTime(() -> fail(exchange, FakeLnd.TWO_AMOUNTS));
            return;
        }
        lnd.entered();
        lnd.asked(body.contains("\"private\":true"));
        lnd.whenItIsTime(() -> {
            lnd.left();
            try {
                Optional<Invoice> invoice = lnd.issue(new InvoiceRequest(
                        Long.parseLong(asked.getOrDefault("value_msat", "0")),
                        asked.getOrDefault("memo", ""),
                        Duration.ofSeconds(Long.parseLong(asked.getOrDefault("expiry", "86400")))));
                if (invoice.isPresent()) {
                    JsonObject answer = new JsonObject();
                    answer.put("r_hash", base64(invoice.get().paymentHash().bytes()));
                    answer.put("payment_request", invoice.get().bolt11());
                    answer.put("add_index", "1");
                    send(exchange, 200, answer);
                }
            } catch (InvoiceException e) {
                fail(exchange, Status.UNKNOWN.withDescription(e.getMessage()));
            }
        });
    }

    private void lookUp(HttpExchange exchange) {
        byte[] hash = HexFormat.of().parseHex(exchange.getRequestURI().getPath().substring(INVOICE.length()));
        lnd.whenItIsTime(() -> {
            Optional<LightningApi.Invoice> found = lnd.find(hash);
            if (found.isEmpty()) {
                fail(exchange, Status.NOT_FOUND.withDescription(lnd.noInvoice()));
                return;
            }
            JsonObject answer = new JsonObject();
            answer.put("memo", "");
            answer.put("r_preimage", base64(found.get().getRPreimage().toByteArray()));
            answer.put("settled", found.get().getState() == LightningApi.Invoice.InvoiceState.SETTLED);
            answer.put("payment_request", found.get().getPaymentRequest());
            answer.put("state", found.get().getState().name());
            answer.put("is_keysend", found.get().getIsKeysend());
            send(exchange, 200, answer);
        });
    }

    private static Map<String, String> members(String json) {
        Map<String, String> members = new HashMap<>();
        Matcher member = MEMBER.matcher(json);
        while (member.find()) {
            String text = member.group(2) != null ? member.group(2) : member.group(3) != null ? member.group(3) : "";
            members.put(
                    member.group(1),
                    ESCAPE.matcher(text)
                            .replaceAll(escape -> Matcher.quoteReplacement(
                                    escape.group(1) == null
                                            ? escape.group(2)
                                            : String.valueOf((char) Integer.parseInt(escape.group(1), 16)))));
        }
        return members;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static void fail(HttpExchange exchange, Status status) {
        JsonObject answer = new JsonObject();
        answer.put("code", status.getCode().value());
        answer.put("message", String.valueOf(status.getDescription()));
        send(exchange, status.getCode() == Status.Code.NOT_FOUND ? 404 : 500, answer);
    }

    private static void send(HttpExchange exchange, int status, JsonObject answer) {
        try (exchange) {
            byte[] body = answer.toString().getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
