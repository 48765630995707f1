package org.lsat.invoice.lnd;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lightningj.lnd.proto.LightningApi;
import org.lightningj.lnd.proto.LightningGrpc;
import org.lsat.Invoice;
import org.lsat.InvoiceException;
import org.lsat.InvoiceRequest;
import org.lsat.InvoiceSource;
import org.lsat.protocol.PaymentHash;

/**
 * Invoices from LND. Whatever state the node is in, a caller waits no longer than {@code lsat.lnd.deadline}, and at most
 * {@value #CALLS} wait inside a call. Thread-safe.
 */
final class LndInvoices implements InvoiceSource, AutoCloseable {

    private static final System.Logger LOG = System.getLogger("org.lsat");

    /** More at once make LND no faster: it signs and writes one invoice after the other, a thousand a second. */
    private static final int CALLS = 16;

    private static final int WAITING = 64;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST_UNCLAIMED = 256;
    private static final PaymentHash NOBODYS = new PaymentHash(0, 0, 0, 0);

    private final LndSettings settings;
    private final LndConnection connection;
    private final InstantSource clock = InstantSource.system();
    private final CircuitBreaker breaker = new CircuitBreaker(PAUSE, System::nanoTime);
    private final Bulkhead bulkhead = new Bulkhead(CALLS, WAITING);
    private final UnclaimedInvoices unclaimed = new UnclaimedInvoices(MOST_UNCLAIMED);

    private LndInvoices(LndSettings settings, LndConnection connection) {
        this.settings = settings;
        this.connection = connection;
    }

    /** Opens it, and connects in the background: the first call of a JVM takes a second or two, the others 1 ms. */
    static LndInvoices open(LndSettings settings, @Nullable ScheduledExecutorService containersThreads) {
        LndInvoices invoices = new LndInvoices(settings, new LndConnection(settings, containersThreads));
        invoices.connection.execute(invoices::announce);
        return invoices;
    }

    @Override
    public Invoice create(InvoiceRequest request) throws InvoiceException {
        Instant asked = clock.instant();
        Optional<Invoice> late = unclaimed.take(request, asked);
        if (late.isPresent()) {
            return late.get();
        }
        LightningApi.Invoice wanted = LightningApi.Invoice.newBuilder()
                .setValueMsat(request.amountMsat())
                .setMemo(request.memo())
                .setExpiry(request.expiry().toSeconds())
                .setPrivate(settings.privateHints())
                .build();
        return ask(link -> {
            Answer<LightningApi.AddInvoiceResponse> answer = new Answer<>();
            LightningGrpc.newStub(link.channel())
                    .withDeadlineAfter(settings.callDeadline().toNanos(), TimeUnit.NANOSECONDS)
                    .addInvoice(wanted, answer);
            return new Pending<>(
                    answer.future().thenApply(LndInvoices::invoice), one -> unclaimed.add(request, one, asked));
        });
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

    /** {@inheritDoc} An invoice that the node does not know, as after it was replaced by another, is not settled. */
    @Override
    public boolean isSettled(PaymentHash payment) throws InvoiceException {
        LightningApi.Invoice.InvoiceState state = lookUp(payment).orElse(LightningApi.Invoice.InvoiceState.CANCELED);
        if (state == LightningApi.Invoice.InvoiceState.ACCEPTED) {
            throw new InvoiceException("LND has accepted a payment and not settled it yet", PAUSE);
        }
        return state == LightningApi.Invoice.InvoiceState.SETTLED;
    }

    /** Looks up an invoice of a hash that nobody has, which needs a node that is ready and a macaroon that it accepts. */
    @Override
    public void check() throws InvoiceException {
        lookUp(NOBODYS);
    }

    /** Its state, and nothing else: LND tells the preimage of an unpaid invoice, too, which is to go no further. */
    private Optional<LightningApi.Invoice.InvoiceState> lookUp(PaymentHash payment) throws InvoiceException {
        LightningApi.PaymentHash hash = LightningApi.PaymentHash.newBuilder()
                .setRHash(ByteString.copyFrom(payment.bytes()))
                .build();
        return ask(link -> {
            Answer<LightningApi.Invoice> answer = new Answer<>();
            LightningGrpc.newStub(link.channel())
                    .withDeadlineAfter(settings.deadline().toNanos(), TimeUnit.NANOSECONDS)
                    .lookupInvoice(hash, answer);
            return new Pending<>(answer.future().handle(LndInvoices::state), ignored -> {});
        });
    }

    private static Optional<LightningApi.Invoice.InvoiceState> state(
            LightningApi.@Nullable Invoice found, @Nullable Throwable failure) {
        if (found != null) {
            return Optional.of(found.getState());
        }
        Status status = failure == null ? Status.INTERNAL : Status.fromThrowable(failure);
        if (status.getCode() == Status.Code.NOT_FOUND) {
            return Optional.empty();
        }
        throw status.asRuntimeException();
    }

    /** A call that was sent, and what becomes of an answer for which nobody waits any more. */
    private record Pending<T>(CompletableFuture<T> future, Consumer<T> late) {

        void abandon() {
            CompletableFuture<Void> unused = future.thenAccept(late);
        }
    }

    @FunctionalInterface
    private interface Call<T> {
        Pending<T> send(LndConnection.Link link);
    }

    private <T> T ask(Call<T> call) throws InvoiceException {
        long end = System.nanoTime() + settings.deadline().toNanos();
        refuse(breaker.refusal());
        try {
            if (!bulkhead.enter(settings.deadline())) {
                throw LndFault.BUSY.exception();
            }
            try {
                // The node may have been found dead while we waited for our turn.
                refuse(breaker.refusalOrTurn());
                return answered(call, end);
            } finally {
                bulkhead.leave();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvoiceException("the thread was interrupted while it waited for LND", PAUSE);
        }
    }

    private static void refuse(Optional<InvoiceException> lastFailure) throws InvoiceException {
        if (lastFailure.isPresent()) {
            InvoiceException last = lastFailure.get();
            throw new InvoiceException(String.valueOf(last.getMessage()), last.retryAfter());
        }
    }

    private <T> T answered(Call<T> call, long end) throws InvoiceException, InterruptedException {
        LndConnection.Link link;
        try {
            link = connection.link();
        } catch (IOException e) {
            InvoiceException unreadable = new InvoiceException(
                    "lsat.lnd.cert or lsat.lnd.macaroon cannot be read: " + e.getMessage(), PAUSE, e);
            breaker.failed(unreadable);
            throw unreadable;
        }
        Pending<T> pending = call.send(link);
        try {
            T answer = pending.future.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            breaker.succeeded();
            return answer;
        } catch (TimeoutException e) {
            pending.abandon();
            throw failed(link, Status.DEADLINE_EXCEEDED.withDescription("no answer after " + settings.deadline()));
        } catch (InterruptedException e) {
            pending.abandon();
            throw e;
        } catch (ExecutionException e) {
            throw failed(link, Status.fromThrowable(e));
        }
    }

    private InvoiceException failed(LndConnection.Link link, Status status) {
        LndFault fault = LndFault.of(status);
        InvoiceException failure = fault.exception(status);
        if (fault.isOfTheConnection()) {
            connection.discard(link);
        }
        if (fault.isOfTheNode()) {
            breaker.failed(failure);
        } else {
            breaker.succeeded();
        }
        return failure;
    }

    /** How many invoices nobody waited for. */
    int unclaimed() {
        return unclaimed.size();
    }

    /** Says in the log how the node is at start. */
    private void announce() {
        try {
            var superfluous = connection.link().superfluous();
            if (!superfluous.isEmpty()) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "lsat: lsat.lnd.macaroon may do more than make invoices and look them up: "
                                + String.join(", ", superfluous)
                                + ". Whoever reads this server's files may do so, too; bake one as docs/lnd.md says");
            }
            check();
            LOG.log(System.Logger.Level.INFO, "lsat: LND at " + settings.host() + ":" + settings.port() + " answers");
        } catch (InvoiceException | IOException e) {
            if (connection.isClosed()) {
                return;
            }
            LOG.log(System.Logger.Level.WARNING, "lsat: no invoices for now: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
