package org.lsat.invoice.lnd.grpc;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.lightningj.lnd.proto.LightningApi;
import org.lightningj.lnd.proto.LightningGrpc;
import org.lsat.Invoice;
import org.lsat.InvoiceRequest;
import org.lsat.invoice.lnd.LndException;
import org.lsat.invoice.lnd.LndFault;
import org.lsat.invoice.lnd.LndLinks;
import org.lsat.invoice.lnd.LndSettings;
import org.lsat.invoice.lnd.LndTransport;
import org.lsat.invoice.lnd.NodeMacaroon;
import org.lsat.invoice.node.NodeCalls;
import org.lsat.invoice.node.NodeThreads;
import org.lsat.protocol.PaymentHash;

/**
 * LND by gRPC. A channel that failed is thrown away: gRPC itself would wait longer and longer, up to two minutes, while the
 * node is back already. Thread-safe.
 */
final class GrpcTransport implements LndTransport {

    private static final Metadata.Key<String> MACAROON = Metadata.Key.of("macaroon", Metadata.ASCII_STRING_MARSHALLER);

    /** LND allows one ping in 5 s, and none without a call (keepalive options in sample-lnd.conf). */
    private static final int KEEP_ALIVE_SECONDS = 10;

    private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 5;

    /** Shorter than a firewall forgets a silent connection; a new one costs some 5 ms. */
    private static final int IDLE_MINUTES = 1;

    private static final int CLOSE_SECONDS = 2;

    /**
     * gRPC's log of the bytes on the wire, in which there are preimages: off, whatever else is logged. Held, since a logger
     * that nobody holds forgets its level.
     */
    private static final Logger FRAMES =
            Logger.getLogger(OkHttpChannelBuilder.class.getPackageName() + ".OkHttpClientTransport");

    static {
        FRAMES.setLevel(Level.INFO);
    }

    private final LndSettings settings;
    private final NodeThreads threads;
    private final LndLinks<Link> links;

    /** Those that were replaced, and may have calls yet to end; guarded by this. */
    private final List<Link> retired = new ArrayList<>();

    /** {@code threads} are closed with this. */
    GrpcTransport(LndSettings settings, NodeThreads threads) {
        this.settings = settings;
        this.threads = threads;
        this.links = new LndLinks<>(settings, this::open, this::retire);
    }

    /** A channel that carries the macaroon. */
    private static final class Link {

        private final ManagedChannel managed;
        private final Sockets sockets;
        private final Channel channel;
        private @Nullable Future<?> end;

        Link(ManagedChannel managed, Sockets sockets, NodeMacaroon macaroon) {
            Metadata fields = new Metadata();
            fields.put(MACAROON, macaroon.revealHex());
            this.managed = managed;
            this.sockets = sockets;
            this.channel = ClientInterceptors.intercept(managed, MetadataUtils.newAttachHeadersInterceptor(fields));
        }

        /** Calls under way may end, by their own deadlines. */
        void retire(NodeThreads threads, Duration callsLast) {
            managed.shutdown();
            end = threads.timers().schedule(this::end, callsLast.toNanos(), TimeUnit.NANOSECONDS);
        }

        void end() {
            if (end != null) {
                end.cancel(false);
            }
            managed.shutdownNow();
            sockets.close();
        }
    }

    @Override
    public NodeCalls.Sent<Invoice> addInvoice(InvoiceRequest request) throws IOException {
        return add(LightningApi.Invoice.newBuilder()
                .setValueMsat(request.amountMsat())
                .setMemo(request.memo())
                .setExpiry(request.expiry().toSeconds())
                .setPrivate(settings.privateHints())
                .build());
    }

    @Override
    public NodeCalls.Sent<Invoice> addInvoiceOfTwoAmounts() throws IOException {
        return add(LightningApi.Invoice.newBuilder().setValue(1).setValueMsat(1).build());
    }

    private NodeCalls.Sent<Invoice> add(LightningApi.Invoice wanted) throws IOException {
        Link link = links.link();
        Answer<LightningApi.AddInvoiceResponse> answer = new Answer<>();
        LightningGrpc.newStub(link.channel)
                .withDeadlineAfter(settings.callDeadline().toNanos(), TimeUnit.NANOSECONDS)
                .addInvoice(wanted, answer);
        return sent(link, answer.future().thenApply(GrpcTransport::invoice));
    }

    private static Invoice invoice(LightningApi.AddInvoiceResponse response) {
        ByteString hash = response.getRHash();
        if (hash.size() != PaymentHash.LENGTH) {
            throw Status.INTERNAL
                    .withDescription("a payment hash of " + hash.size() + " bytes")
                    .asRuntimeException();
        }
        return new Invoice(PaymentHash.at(hash.toByteArray(), 0), response.getPaymentRequest());
    }

    @Override
    public NodeCalls.Sent<Optional<State>> lookUp(PaymentHash payment) throws IOException {
        LightningApi.PaymentHash hash = LightningApi.PaymentHash.newBuilder()
                .setRHash(ByteString.copyFrom(payment.bytes()))
                .build();
        Link link = links.link();
        Answer<LightningApi.Invoice> answer = new Answer<>();
        LightningGrpc.newStub(link.channel)
                .withDeadlineAfter(settings.deadline().toNanos(), TimeUnit.NANOSECONDS)
                .lookupInvoice(hash, answer);
        return sent(link, answer.future().handle(GrpcTransport::state));
    }

    private static Optional<State> state(LightningApi.@Nullable Invoice found, @Nullable Throwable failure) {
        if (found == null) {
            Status status = failure == null ? Status.INTERNAL : Status.fromThrowable(failure);
            if (status.getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw status.asRuntimeException();
        }
        if (found.getPaymentRequest().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (found.getState()) {
                    case SETTLED -> State.SETTLED;
                    case CANCELED -> State.CANCELED;
                    case ACCEPTED -> State.ACCEPTED;
                    default -> State.OPEN;
                });
    }

    private <T> NodeCalls.Sent<T> sent(Link link, CompletableFuture<T> answer) {
        CompletableFuture<T> understood = answer.handle((value, failure) -> {
            if (failure == null) {
                return value;
            }
            LndException meant = failure(Status.fromThrowable(failure));
            if (meant.fault().isOfTheConnection()) {
                links.discard(link);
            }
            throw new CompletionException(meant);
        });
        return new NodeCalls.Sent<>(understood, () -> links.discard(link));
    }

    /** What a call ended with. */
    static LndException failure(Status status) {
        LndFault fault = switch (status.getCode()) {
            case UNAVAILABLE -> LndFault.ofConnection(status.getCause());
            case DEADLINE_EXCEEDED -> LndFault.SILENT;
            case UNAUTHENTICATED, PERMISSION_DENIED -> LndFault.UNAUTHORISED;
            case UNKNOWN -> LndFault.ofText(String.valueOf(status.getDescription()));
            case INVALID_ARGUMENT, NOT_FOUND -> LndFault.REFUSED;
            default -> LndFault.OTHER;
        };
        Throwable cause = status.getCause();
        String words = status.getDescription() != null
                ? status.getDescription()
                : cause != null ? String.valueOf(cause.getMessage()) : "";
        return new LndException(fault, status.getCode() + ": " + words + (cause == null ? "" : ", " + root(cause)));
    }

    private static String root(Throwable cause) {
        Throwable at = cause;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at.getClass().getSimpleName() + " " + at.getMessage();
    }

    @Override
    public void prepare() throws IOException {
        links.link();
    }

    @Override
    public boolean isClosed() {
        return links.isClosed();
    }

    private Link open(SSLContext tls, NodeMacaroon macaroon) {
        OkHttpChannelBuilder builder = OkHttpChannelBuilder.forAddress(settings.host(), settings.port());
        builder.sslSocketFactory(tls.getSocketFactory());
        settings.authority().ifPresent(builder::overrideAuthority);
        // The certificate itself is known: nothing is left for its names to prove.
        builder.hostnameVerifier((name, session) -> true);
        Sockets sockets = new Sockets(settings.deadline());
        ManagedChannel managed = builder.socketFactory(sockets)
                .executor(threads.calls())
                .offloadExecutor(threads.calls())
                .transportExecutor(threads.calls())
                .scheduledExecutorService(threads.timers())
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .keepAliveWithoutCalls(false)
                .idleTimeout(IDLE_MINUTES, TimeUnit.MINUTES)
                .disableServiceConfigLookUp()
                .build();
        return new Link(managed, sockets, macaroon);
    }

    private synchronized void retire(Link old) {
        retired.removeIf(one -> one.managed.isTerminated());
        retired.add(old);
        old.retire(threads, settings.callDeadline());
    }

    private synchronized List<Link> all(Optional<Link> last) {
        last.ifPresent(retired::add);
        return List.copyOf(retired);
    }

    @Override
    public void close() {
        List<Link> all = all(links.close());
        all.forEach(Link::end);
        try {
            // Under no lock while it waits: a call that fails now wants to discard its link.
            for (Link link : all) {
                link.managed.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.close();
    }
}
