package org.lsat.invoice.lnd;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.lsat.Invoice;
import org.lsat.InvoiceException;
import org.lsat.InvoiceRequest;
import org.lsat.InvoiceSource;
import org.lsat.invoice.node.NodeCalls;
import org.lsat.invoice.node.RecentCheck;
import org.lsat.invoice.node.UnclaimedInvoices;
import org.lsat.protocol.PaymentHash;

/** Invoices from LND. Whatever state the node is in, a caller waits no longer than {@code lsat.lnd.deadline}. Thread-safe. */
public final class LndInvoices implements InvoiceSource, AutoCloseable {

    private static final System.Logger LOG = System.getLogger("org.lsat");

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST_UNCLAIMED = 256;
    private static final PaymentHash NOBODYS = new PaymentHash(0, 0, 0, 0);

    private final LndSettings settings;
    private final LndTransport lnd;
    private final InstantSource clock = InstantSource.system();
    private final NodeCalls calls;

    /** Who has paid is not to suffer from a node that makes no invoices for now, nor the other way round. */
    private final NodeCalls lookUps;

    private final UnclaimedInvoices unclaimed = new UnclaimedInvoices(MOST_UNCLAIMED);
    private final RecentCheck check = new RecentCheck(this::askEverything);

    private LndInvoices(LndSettings settings, LndTransport lnd) {
        this.settings = settings;
        this.lnd = lnd;
        this.calls = new NodeCalls("LND", settings.deadline(), NodeCalls.FOR_INVOICES, this::meaning);
        this.lookUps = new NodeCalls("LND", settings.deadline(), NodeCalls.FOR_SETTLEMENTS, this::meaning);
    }

    /**
     * Opens it, and connects in the background: the first call of a JVM takes a second or two, the others 1 ms. Closing it
     * closes {@code lnd}.
     */
    public static LndInvoices open(LndSettings settings, LndTransport lnd, Executor background) {
        LndInvoices invoices = new LndInvoices(settings, lnd);
        background.execute(invoices::announce);
        return invoices;
    }

    @Override
    public Invoice create(InvoiceRequest request) throws InvoiceException {
        Instant asked = clock.instant();
        Optional<Invoice> late = unclaimed.take(request, asked);
        if (late.isPresent()) {
            return late.get();
        }
        return calls.ask(() -> lnd.addInvoice(request), one -> unclaimed.add(request, one, asked, request.expiry()));
    }

    @Override
    public boolean tellsSettlement() {
        return true;
    }

    /**
     * {@inheritDoc} An invoice that the node does not know, as after it was replaced by another, is not settled, whatever else
     * was paid to its hash.
     */
    @Override
    public boolean isSettled(PaymentHash payment) throws InvoiceException {
        LndTransport.State state = lookUp(payment).orElse(LndTransport.State.CANCELED);
        if (state == LndTransport.State.ACCEPTED) {
            throw new InvoiceException("LND has accepted a payment and not settled it yet", PAUSE);
        }
        return state == LndTransport.State.SETTLED;
    }

    /**
     * Asks for an invoice that no node would make, and where the settlement is asked for, looks up one that nobody made: that
     * needs a node that is ready, and a macaroon with which it would do either; once a second at most.
     */
    @Override
    public void check() throws InvoiceException {
        check.run();
    }

    private void askEverything() throws InvoiceException {
        calls.ask(this::wouldAdd, ignored -> {});
        if (settings.strict()) {
            lookUp(NOBODYS);
        }
    }

    private NodeCalls.Sent<Boolean> wouldAdd() throws IOException {
        NodeCalls.Sent<Invoice> sent = lnd.addInvoiceOfTwoAmounts();
        return new NodeCalls.Sent<>(sent.answer().handle(LndInvoices::isRefusedForItsAmounts), sent.onSilence());
    }

    private static boolean isRefusedForItsAmounts(@Nullable Invoice made, @Nullable Throwable failure) {
        if (failure == null) {
            throw new CompletionException(new LndException(LndFault.OTHER, "it made an invoice over two amounts"));
        }
        if (String.valueOf(failure.getMessage()).contains(LndTransport.TWO_AMOUNTS)) {
            return true;
        }
        throw failure instanceof CompletionException already ? already : new CompletionException(failure);
    }

    private Optional<LndTransport.State> lookUp(PaymentHash payment) throws InvoiceException {
        return lookUps.ask(() -> lnd.lookUp(payment), ignored -> {});
    }

    private NodeCalls.Failure meaning(Exception cause) {
        if (cause instanceof LndException failure) {
            LndFault fault = failure.fault();
            return new NodeCalls.Failure(fault.exception(String.valueOf(failure.getMessage())), fault.isOfTheNode());
        }
        if (cause instanceof TimeoutException) {
            return new NodeCalls.Failure(LndFault.SILENT.exception("no answer after " + settings.deadline()), true);
        }
        if (cause instanceof IOException) {
            return new NodeCalls.Failure(
                    new InvoiceException(
                            "lsat.lnd.cert or lsat.lnd.macaroon cannot be read: " + cause.getMessage(), PAUSE, cause),
                    true);
        }
        return new NodeCalls.Failure(LndFault.OTHER.exception(cause.toString()), true);
    }

    /** How many invoices nobody waited for. */
    int unclaimed() {
        return unclaimed.size();
    }

    /** Says in the log how the node is at start. */
    private void announce() {
        try {
            lnd.prepare();
            check();
            LOG.log(System.Logger.Level.INFO, "lsat: LND at " + settings.host() + ":" + settings.port() + " answers");
        } catch (InvoiceException | IOException e) {
            if (lnd.isClosed()) {
                return;
            }
            LOG.log(System.Logger.Level.WARNING, "lsat: no invoices for now: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        lnd.close();
    }
}
