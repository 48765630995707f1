package org.lsat.invoice.node;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * Asks by HTTPS, without following redirects. A call ends within its time, also where an answer has begun (the JDK's own limit
 * ends with the header), and an answer is no longer than it may be. Connections are kept for the next call. Thread-safe.
 */
public final class NodeHttp {

    private final NodeThreads threads;
    private final HttpClient client;

    /**
     * A client with connections of its own.
     *
     * @param tls who is trusted; whether a host's name is checked is its trust manager's business
     * @param connectWithin how long a host may take to answer at all
     */
    public NodeHttp(SSLContext tls, Duration connectWithin, NodeThreads threads) {
        this.threads = threads;
        this.client = client(HttpClient.newBuilder()
                .sslContext(tls)
                .connectTimeout(connectWithin)
                // Nothing that leads back to the client, which would then never be collected.
                .executor(threads::execute)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1));
    }

    /**
     * The client makes a thread, which ends after the client has been collected as garbage: up to JDK 20 there is no other end.
     * It must not keep the application's class loader until then, which it would inherit from the thread that we run on.
     */
    private static HttpClient client(HttpClient.Builder builder) {
        Thread here = Thread.currentThread();
        ClassLoader before = here.getContextClassLoader();
        here.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            return builder.build();
        } finally {
            here.setContextClassLoader(before);
        }
    }

    /** An answer. */
    public record Reply(int status, Body body) {}

    /** Its body. Does not print: a node's answer may hold a preimage. */
    public static final class Body {

        private final byte[] bytes;

        Body(byte[] bytes) {
            this.bytes = bytes;
        }

        /** The bytes, not a copy. */
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public String toString() {
            return "Body[" + bytes.length + " bytes]";
        }
    }

    /**
     * Sends a request.
     *
     * @param mostBytes that the answer's body may have
     * @param within how long it may take in all
     * @return fails with an {@link IOException}; of that a {@link HttpTimeoutException} where it took too long
     */
    public CompletableFuture<Reply> send(HttpRequest request, int mostBytes, Duration within) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        try {
            Future<?> call = threads.calls().submit(() -> answer(request, mostBytes, reply));
            Future<?> end = threads.timers()
                    .schedule(
                            () -> {
                                reply.completeExceptionally(new HttpTimeoutException("no answer after " + within));
                                call.cancel(true);
                            },
                            within.toNanos(),
                            TimeUnit.NANOSECONDS);
            CompletableFuture<?> unused = reply.whenComplete((done, failure) -> end.cancel(false));
        } catch (RejectedExecutionException e) {
            reply.completeExceptionally(new IOException("the application has stopped", e));
        }
        return reply;
    }

    private void answer(HttpRequest request, int mostBytes, CompletableFuture<Reply> reply) {
        try {
            HttpResponse<byte[]> response = client.send(request, ignored -> new LimitedBody(mostBytes));
            reply.complete(new Reply(response.statusCode(), new Body(response.body())));
        } catch (IOException e) {
            reply.completeExceptionally(e);
        } catch (InterruptedException e) {
            // The time is over, or the application has stopped.
            reply.completeExceptionally(new IOException("interrupted", e));
        } catch (RuntimeException e) {
            reply.completeExceptionally(new IOException(e.toString(), e));
        }
    }
}
