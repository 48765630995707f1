package org.lsat.testkit;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.lightningj.lnd.proto.LightningApi;
import org.lightningj.lnd.proto.LightningGrpc;
import org.lsat.Invoice;
import org.lsat.InvoiceException;
import org.lsat.InvoiceRequest;
import org.lsat.protocol.Macaroon;
import org.lsat.protocol.MacaroonCodec;
import org.lsat.protocol.PaymentHash;

/**
 * An LND that is not there: gRPC and REST over TLS on free ports of this machine, with a certificate and macaroons of its own,
 * and the errors of the real one (v0.20.1) in its own words. Its invoices are those of a {@link FakeNode}, see {@link #node}.
 *
 * <pre>{@code
 * try (FakeLnd lnd = FakeLnd.start(directory, InstantSource.system(), "bcrt")) {
 *     // lsat.lnd.target = lnd.target() or lnd.restTarget(), lsat.lnd.cert = lnd.certificate(), lsat.lnd.macaroon = lnd.macaroon()
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class FakeLnd implements AutoCloseable {

    /** What an answer is when LND's wallet is locked. */
    public static final Status LOCKED =
            Status.UNKNOWN.withDescription("wallet locked, unlock it to enable full RPC access");

    /** What an answer is before there is a wallet. */
    public static final Status NO_WALLET =
            Status.UNKNOWN.withDescription("wallet not created, create one to enable full RPC access");

    /** What an answer is while LND starts. */
    public static final Status STARTING = Status.UNKNOWN.withDescription(
            "the RPC server is in the process of starting up, but not yet ready to accept calls");

    /** What an answer is to somebody who wants an invoice over {@code value} and {@code value_msat}. */
    static final Status TWO_AMOUNTS = Status.UNKNOWN.withDescription("sat and msat arguments are mutually exclusive");

    /** What a macaroon for the paywall may do, as {@code lncli bakemacaroon} takes it. */
    public static final List<String> LEAST =
            List.of("uri:/lnrpc.Lightning/AddInvoice", "uri:/lnrpc.Lightning/LookupInvoice");

    private static final Metadata.Key<String> MACAROON = Metadata.Key.of("macaroon", Metadata.ASCII_STRING_MARSHALLER);
    private static final int BAKERY_VERSION = 3;
    private static final int ROOT_KEY_BYTES = 32;

    /** Of the calls that it answers, what else allows them. */
    private static final Map<String, String> ENTITIES = Map.of(
            "lnrpc.Lightning/AddInvoice", "invoices:write",
            "lnrpc.Lightning/LookupInvoice", "invoices:read");

    private final Path directory;
    private final FakeNode node;
    private volatile boolean askedForPrivate;
    private volatile @Nullable String authority;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4, task -> {
        Thread thread = new Thread(task, "fake-lnd");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger mostInside = new AtomicInteger();
    private final Map<ByteString, LightningApi.Invoice> issued = new ConcurrentHashMap<>();
    private volatile byte[] rootKey = newKey();
    private volatile FakeCertificate shown = FakeCertificate.of("localhost");
    private volatile @Nullable Status failure;
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean silent;
    private volatile boolean diesBeforeItAnswers;
    private final FakeLndRest rest = new FakeLndRest(this);
    private @Nullable Server server;
    private int port;

    private FakeLnd(Path directory, FakeNode node) {
        this.directory = directory;
        this.node = node;
    }

    /**
     * Starts one, and writes its files.
     *
     * @param directory for its certificate and macaroons
     * @param network {@code bc}, {@code tb}, {@code tbs} or {@code bcrt}
     */
    public static FakeLnd start(Path directory, InstantSource clock, String network) throws IOException {
        FakeLnd lnd = new FakeLnd(directory, new FakeNode(clock, network));
        lnd.write(lnd.certificate(), lnd.shown.certificatePem().getBytes(StandardCharsets.US_ASCII));
        lnd.bake(LEAST);
        lnd.start();
        return lnd;
    }

    /** Serves again after {@link #stop}, on the same ports. */
    public synchronized void start() throws IOException {
        InputStream certificate =
                new ByteArrayInputStream(shown.certificatePem().getBytes(StandardCharsets.US_ASCII));
        InputStream key = new ByteArrayInputStream(shown.keyPem().getBytes(StandardCharsets.US_ASCII));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        Server started = OkHttpServerBuilder.forPort(address, TlsServerCredentials.create(certificate, key))
                .addService(new Lightning())
                .intercept(new MacaroonCheck())
                .build()
                .start();
        port = started.getPort();
        server = started;
        rest.start(shown.serverTls());
    }

    /** Dies: open connections break, new ones are refused. */
    public synchronized void stop() {
        Server running = server;
        if (running == null) {
            return;
        }
        rest.stop();
        running.shutdownNow();
        try {
            running.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server = null;
    }

    /** The value of {@code lsat.lnd.target} for {@code lsat.backend=lnd}. */
    public synchronized String target() {
        return "127.0.0.1:" + port;
    }

    /** The same for {@code lsat.backend=lnd-rest}. */
    public synchronized String restTarget() {
        return "127.0.0.1:" + rest.port();
    }

    /** The file {@code tls.cert}. */
    public Path certificate() {
        return directory.resolve("tls.cert");
    }

    /** The file that {@link #bake} wrote last. */
    public Path macaroon() {
        return directory.resolve("l402.macaroon");
    }

    /** The one that makes its invoices, and knows their preimages. */
    public FakeNode node() {
        return node;
    }

    /** Whether the last invoice was asked for with route hints of private channels. */
    public boolean askedForPrivate() {
        return askedForPrivate;
    }

    void asked(boolean isPrivate) {
        askedForPrivate = isPrivate;
    }

    /** By which name the last call by gRPC was for this node. */
    public @Nullable String authority() {
        return authority;
    }

    /** How many calls reached it with a macaroon that it knows. */
    public int calls() {
        return calls.get();
    }

    /** The most calls that it had to answer at the same time. */
    public int mostCallsAtOnce() {
        return mostInside.get();
    }

    /** Writes a macaroon with these permissions, as {@code uri:<call>} or {@code <entity>:<action>}. */
    public void bake(List<String> permissions) throws IOException {
        write(macaroon(), minted(permissions).bytes());
    }

    /** All macaroons that were baked are void. */
    public void revokeMacaroons() {
        rootKey = newKey();
    }

    /** Shows another certificate from its next start on; its file holds it from now on. */
    public void renewCertificate() throws IOException {
        shown = FakeCertificate.of("localhost");
        write(certificate(), shown.certificatePem().getBytes(StandardCharsets.US_ASCII));
    }

    /** Answers all calls with this from now on; {@code null} for invoices again. */
    public void failWith(@Nullable Status status) {
        failure = status;
    }

    /** Answers so much later from now on. */
    public void answerAfter(Duration time) {
        delay = time;
    }

    /** Whether it takes calls and never answers them. */
    public void beSilent(boolean yes) {
        silent = yes;
    }

    /** Makes the next invoice, and dies before it says so. */
    public void dieBeforeTheNextAnswer() {
        diesBeforeItAnswers = true;
    }

    /** An invoice is paid from now on: whoever looks it up finds it settled. */
    public void settle(PaymentHash payment) {
        issued.computeIfPresent(
                ByteString.copyFrom(payment.bytes()),
                (hash, open) -> open.toBuilder()
                        .setState(LightningApi.Invoice.InvoiceState.SETTLED)
                        .build());
    }

    /**
     * The invoice is over and collected, and whoever knows its preimage pays as little as he likes without one: whoever looks it
     * up finds a settled one all the same.
     */
    public void receiveKeysend(PaymentHash payment) {
        issued.computeIfPresent(
                ByteString.copyFrom(payment.bytes()),
                (hash, collected) -> collected.toBuilder()
                        .clearPaymentRequest()
                        .setIsKeysend(true)
                        .setState(LightningApi.Invoice.InvoiceState.SETTLED)
                        .build());
    }

    private static byte[] newKey() {
        byte[] key = new byte[ROOT_KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** In one step, as an administrator should; a reader sees the old file or the new one. */
    private void write(Path file, byte[] content) throws IOException {
        Path aside = Files.createTempFile(directory, "new", "");
        Files.write(aside, content);
        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private Macaroon minted(List<String> permissions) throws IOException {
        ByteArrayOutputStream identifier = new ByteArrayOutputStream();
        identifier.write(BAKERY_VERSION);
        CodedOutputStream message = CodedOutputStream.newInstance(identifier);
        message.writeString(1, "nonce");
        message.writeString(2, "0");
        for (String permission : permissions) {
            int colon = permission.indexOf(':');
            ByteString.Output operation = ByteString.newOutput();
            CodedOutputStream parts = CodedOutputStream.newInstance(operation);
            parts.writeString(1, permission.substring(0, colon));
            parts.writeString(2, permission.substring(colon + 1));
            parts.flush();
            message.writeBytes(3, operation.toByteString());
        }
        message.flush();
        return Macaroon.mint(rootKey, "lnd", identifier.toByteArray(), List.of());
    }

    private static Set<String> permissions(Macaroon macaroon) throws IOException {
        Set<String> permissions = new TreeSet<>();
        byte[] identifier = macaroon.identifier();
        CodedInputStream message = CodedInputStream.newInstance(identifier, 1, identifier.length - 1);
        for (int tag = message.readTag(); tag != 0; tag = message.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 3) {
                CodedInputStream parts = message.readBytes().newCodedInput();
                parts.readTag();
                String entity = parts.readString();
                parts.readTag();
                permissions.add(entity + ":" + parts.readString());
            } else {
                message.skipField(tag);
            }
        }
        return permissions;
    }

    /**
     * As LND's interceptor: first the state of the wallet, then the macaroon. A call that is let in is counted.
     *
     * @param hex the macaroon
     * @param method such as {@code lnrpc.Lightning/AddInvoice}
     * @return why not; {@code null} where it may
     */
    @Nullable Status refusal(@Nullable String hex, String method) {
        Status refusal = failure != null ? failure : macaroonRefusal(hex, method);
        if (refusal == null) {
            calls.incrementAndGet();
        }
        return refusal;
    }

    private @Nullable Status macaroonRefusal(@Nullable String hex, String method) {
        if (hex == null) {
            return Status.UNKNOWN.withDescription("expected 1 macaroon, got 0");
        }
        Macaroon macaroon = MacaroonCodec.decode(HexFormat.of().parseHex(hex));
        if (macaroon == null) {
            return Status.UNKNOWN.withDescription("cannot determine data format of binary-encoded macaroon");
        }
        if (!macaroon.isSignedWith(rootKey)) {
            return Status.UNKNOWN.withDescription("verification failed: signature mismatch after caveat verification");
        }
        try {
            Set<String> permissions = permissions(macaroon);
            boolean allowed = permissions.contains("uri:/" + method)
                    || permissions.contains(ENTITIES.getOrDefault(method, "none"));
            return allowed ? null : Status.UNKNOWN.withDescription("permission denied");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs {@code answer} when it is time to, which may be never. */
    void whenItIsTime(Runnable answer) {
        if (!silent) {
            Future<?> unused = threads.schedule(answer, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** A call has come that is not answered yet. */
    void entered() {
        mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
    }

    /** And now it is. */
    void left() {
        inside.decrementAndGet();
    }

    /** Makes an invoice; empty where it died of it. */
    Optional<Invoice> issue(InvoiceRequest request) throws InvoiceException {
        Invoice invoice = node.create(request);
        ByteString hash = ByteString.copyFrom(invoice.paymentHash().bytes());
        // LND tells the preimage of an unpaid invoice to whoever may look it up.
        String preimage = node.preimageOf(invoice.bolt11()).revealHex();
        issued.put(
                hash,
                LightningApi.Invoice.newBuilder()
                        .setRHash(hash)
                        .setRPreimage(ByteString.fromHex(preimage))
                        .setPaymentRequest(invoice.bolt11())
                        .build());
        if (diesBeforeItAnswers) {
            diesBeforeItAnswers = false;
            stop();
            return Optional.empty();
        }
        return Optional.of(invoice);
    }

    /** What it says instead of an invoice. */
    String noInvoice() {
        return node.calls() == 0 ? "there are no existing invoices" : "unable to locate invoice";
    }

    /** Looks an invoice up. */
    Optional<LightningApi.Invoice> find(byte[] hash) {
        return Optional.ofNullable(issued.get(ByteString.copyFrom(hash)));
    }

    private final class MacaroonCheck implements ServerInterceptor {

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            Status refusal =
                    refusal(headers.get(MACAROON), call.getMethodDescriptor().getFullMethodName());
            authority = call.getAuthority();
            if (refusal != null) {
                call.close(refusal, new Metadata());
                return new ServerCall.Listener<>() {};
            }
            return next.startCall(call, headers);
        }
    }

    private final class Lightning extends LightningGrpc.LightningImplBase {

        @Override
        public void addInvoice(LightningApi.Invoice asked, StreamObserver<LightningApi.AddInvoiceResponse> answers) {
            if (asked.getValue() != 0 && asked.getValueMsat() != 0) {
                whenItIsTime(() -> answers.onError(TWO_AMOUNTS.asRuntimeException()));
                return;
            }
            entered();
            asked(asked.getPrivate());
            AtomicBoolean ended = new AtomicBoolean();
            ((ServerCallStreamObserver<?>) answers).setOnCancelHandler(() -> leave(ended));
            whenItIsTime(() -> {
                leave(ended);
                answer(asked, answers);
            });
        }

        private void leave(AtomicBoolean ended) {
            if (ended.compareAndSet(false, true)) {
                left();
            }
        }

        private void answer(LightningApi.Invoice asked, StreamObserver<LightningApi.AddInvoiceResponse> answers) {
            try {
                Optional<Invoice> invoice = issue(new InvoiceRequest(
                        asked.getValueMsat(), asked.getMemo(), Duration.ofSeconds(asked.getExpiry())));
                if (invoice.isPresent()) {
                    answers.onNext(LightningApi.AddInvoiceResponse.newBuilder()
                            .setRHash(ByteString.copyFrom(
                                    invoice.get().paymentHash().bytes()))
                            .setPaymentRequest(invoice.get().bolt11())
                            .build());
                    answers.onCompleted();
                }
            } catch (InvoiceException e) {
                answers.onError(Status.UNKNOWN.withDescription(e.getMessage()).asRuntimeException());
            }
        }

        @Override
        public void lookupInvoice(LightningApi.PaymentHash asked, StreamObserver<LightningApi.Invoice> answers) {
            whenItIsTime(() -> find(asked.getRHash().toByteArray())
                    .ifPresentOrElse(
                            found -> {
                                answers.onNext(found);
                                answers.onCompleted();
                            },
                            () -> answers.onError(Status.NOT_FOUND
                                    .withDescription(noInvoice())
                                    .asRuntimeException())));
        }
    }

    @Override
    public void close() {
        stop();
        threads.shutdownNow();
    }
}
