package org.lsat.invoice.address;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.lsat.Invoice;
import org.lsat.InvoiceException;
import org.lsat.InvoiceRequest;
import org.lsat.InvoiceSource;
import org.lsat.RecentPayments;
import org.lsat.invoice.Bolt11Signature;
import org.lsat.invoice.json.JsonMembers;
import org.lsat.invoice.node.NodeCalls;
import org.lsat.invoice.node.NodeThreads;
import org.lsat.invoice.node.RecentCheck;
import org.lsat.invoice.node.UnclaimedInvoices;
import org.lsat.protocol.Bolt11;
import org.lsat.protocol.Bolt11Exception;
import org.lsat.protocol.PaymentHash;
import org.lsat.protocol.Preimage;

/**
 * Invoices of a Lightning Address. Its provider decides how long they may be paid; what else was asked for must be in them:
 * amount, network and time are the paywall's to check, the description's hash, the signature and a payment hash that was not
 * seen before are checked here. Whatever state the provider is in, a caller waits no longer than {@code
 * lsat.lightning-address.deadline}. Thread-safe.
 */
final class AddressInvoices implements InvoiceSource, AutoCloseable {

    private static final System.Logger LOG = System.getLogger("org.lsat");

    private static final Duration PAY_REQUEST_KEPT = Duration.ofMinutes(10);
    private static final Duration PAY_REQUEST_CHECKED = Duration.ofMinutes(1);
    private static final Duration PAY_REQUEST_DOUBTED = Duration.ofSeconds(1);

    /** A person with a wallet needs that long. */
    private static final Duration LEAST_TO_PAY = Duration.ofSeconds(20);

    private static final int MOST_UNCLAIMED = 256;
    private static final int MSAT_PER_SAT = 1_000;

    /** One at the start, and one for whoever asks meanwhile. */
    private static final int CHECKS_AT_ONCE = 2;

    /** An invoice is made when it is asked for; clocks may differ by so much. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private final AddressSettings settings;
    private final InstantSource clock;
    private final Instant opened;
    private final NodeThreads threads;
    private final Provider provider;
    private final NodeCalls calls;

    /** Who has paid is not to suffer from a provider that makes no invoices for now, nor the other way round. */
    private final NodeCalls settlements;

    /** A provider that says how it is paid may make no invoices all the same, and is not to be taken for well. */
    private final NodeCalls checks;

    private final UnclaimedInvoices unclaimed = new UnclaimedInvoices(MOST_UNCLAIMED);

    /**
     * What bounds it is {@link RecentPayments}: of the last 50 000 invoices none is taken a second time, and none that is older than
     * {@link #CLOCKS_DIFFER} or than the start.
     */
    private final RecentPayments seen = new RecentPayments();

    private final SettlementQuestions questions = new SettlementQuestions();
    private final RecentCheck check = new RecentCheck(this::requireSelling);
    private @Nullable Asked asked;
    private Instant forgotten = Instant.EPOCH;
    private volatile boolean closed;

    /** What the provider was asked about the address, and when. */
    private record Asked(CompletableFuture<PayRequest> answer, Instant at) {}

    private AddressInvoices(AddressSettings settings, NodeThreads threads, SSLContext tls, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.opened = clock.instant();
        this.threads = threads;
        this.provider = new Provider(settings.address(), settings.deadline(), threads, tls);
        this.calls = calls(NodeCalls.FOR_INVOICES);
        this.settlements = calls(NodeCalls.FOR_SETTLEMENTS);
        this.checks = calls(CHECKS_AT_ONCE);
    }

    private NodeCalls calls(int atOnce) {
        return new NodeCalls(settings.address().host(), settings.deadline(), atOnce, this::meaning);
    }

    /** Opens it, and asks in the background how the address is paid. */
    static AddressInvoices open(AddressSettings settings, NodeThreads threads, SSLContext tls, InstantSource clock) {
        AddressInvoices invoices = new AddressInvoices(settings, threads, tls, clock);
        threads.calls().execute(invoices::announce);
        return invoices;
    }

    @Override
    public Invoice create(InvoiceRequest request) throws InvoiceException {
        Instant now = clock.instant();
        Optional<Invoice> late = unclaimed.take(request, now);
        if (late.isPresent()) {
            return late.get();
        }
        return invoice(calls.ask(
                () -> sent(payRequest(now, PAY_REQUEST_KEPT)
                        .thenCompose(terms -> made(terms, request.amountMsat(), request.memo()))
                        .thenApply(this::timely)),
                one -> unclaimed.add(request, invoice(one), now, one.expiry())));
    }

    private static Invoice invoice(Bolt11 read) {
        return new Invoice(read.paymentHash(), read.text());
    }

    private CompletableFuture<Bolt11> made(PayRequest terms, long amountMsat, String memo) {
        return answered(terms, amountMsat, memo).whenComplete((one, failure) -> {
            if (failure != null) {
                // The callback, the range or the metadata may have changed since they were asked for.
                forgetPayRequest();
            }
        });
    }

    private CompletableFuture<Bolt11> answered(PayRequest terms, long amountMsat, String memo) {
        if (amountMsat < terms.minMsat() || amountMsat > terms.maxMsat()) {
            return CompletableFuture.failedFuture(AddressException.ofTheRequest(settings.address() + " takes "
                    + terms.minMsat() + " to " + terms.maxMsat() + " msat, and a rule's price is " + amountMsat
                    + " msat; change the price"));
        }
        return provider.get(terms.invoice(amountMsat, memo)).thenApply(answer -> {
            try {
                if (answer.notFound().isPresent()) {
                    throw answer.notFound().get();
                }
                return checked(terms, answer.members());
            } catch (AddressException e) {
                throw new CompletionException(e);
            }
        });
    }

    private Bolt11 checked(PayRequest terms, JsonMembers answer) throws AddressException {
        Bolt11 invoice;
        try {
            invoice = Bolt11.parse(answer.text("pr").orElse(""));
            Bolt11Signature.payee(invoice);
        } catch (Bolt11Exception e) {
            throw AddressException.passing(its() + "cannot be read: " + e.getMessage());
        }
        if (!invoice.descriptionHash().orElse("").equals(terms.descriptionHash())) {
            throw AddressException.passing(its() + "is not for what its metadata describes (LUD-06, description hash)");
        }
        Optional<URI> verify = answer.text("verify").flatMap(Targets::parse);
        if (settings.strict() && verify.isEmpty()) {
            throw AddressException.lasting(settings.address().host()
                    + " does not tell whether an invoice is settled (LUD-21), and lsat.settlement=strict: leave that out,"
                    + " or take another provider");
        }
        if (!seen.add(invoice.paymentHash())) {
            throw AddressException.passing(its() + "has the payment hash of one that it gave before");
        }
        if (settings.strict()) {
            verify.ifPresent(where -> questions.add(invoice.paymentHash(), where));
        }
        return invoice;
    }

    private String its() {
        return "the invoice of " + settings.address().host() + " ";
    }

    /** One that was made for who asks now; another may have been given to somebody before we started, or by another server. */
    private Bolt11 timely(Bolt11 invoice) {
        Instant now = clock.instant();
        Duration age = Duration.between(invoice.timestamp(), now);
        if (invoice.expiresAt().isBefore(now.plus(LEAST_TO_PAY))) {
            throw untimely("leaves less than " + LEAST_TO_PAY.toSeconds() + " s to pay it; compare the clocks");
        }
        if (age.abs().compareTo(CLOCKS_DIFFER) > 0) {
            throw untimely("was made more than " + CLOCKS_DIFFER.toSeconds() + " s "
                    + (age.isNegative() ? "from now" : "ago") + ", not when it was asked for; compare the clocks");
        }
        // In whole seconds, rounded down: one of the second of the start may be from before it.
        if (invoice.timestamp().isBefore(opened)) {
            throw untimely("was made before we started; if the provider's clock is behind, it sells nothing for so long"
                    + " after each start: compare the clocks");
        }
        return invoice;
    }

    private CompletionException untimely(String why) {
        return new CompletionException(AddressException.passing(its() + why));
    }

    /** {@inheritDoc} Where the settings are strict it makes no invoices with a provider that does not. */
    @Override
    public boolean tellsSettlement() {
        return true;
    }

    /**
     * {@inheritDoc} An invoice that the provider does not know is not settled. Where to ask about one of before a restart is
     * learnt from a new invoice, which nobody pays.
     */
    @Override
    public boolean isSettled(PaymentHash payment) throws InvoiceException {
        return settlements.ask(
                () -> sent(addressesSeen()
                        .thenCompose(some -> about(payment))
                        .thenCompose(question -> provider.get(question.where())
                                .thenApply(answer -> isSettled(payment, question, answer)))),
                ignored -> {});
    }

    private CompletableFuture<?> addressesSeen() {
        return questions.nothingIsKnown()
                ? payRequest(clock.instant(), PAY_REQUEST_KEPT).thenCompose(terms -> made(terms, terms.minMsat(), ""))
                : CompletableFuture.completedFuture(true);
    }

    private CompletableFuture<SettlementQuestions.Question> about(PaymentHash payment) {
        return questions
                .about(payment)
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> CompletableFuture.failedFuture(forgotten(payment)));
    }

    private AddressException forgotten(PaymentHash payment) {
        return AddressException.ofTheRequest(settings.address().host() + " tells about payment " + payment.prefix()
                + " only where it said when it made the invoice, which is not remembered here: another server sold it, or"
                + " this one before the last restart or too long ago; without lsat.settlement=strict this does not"
                + " happen");
    }

    private boolean isSettled(PaymentHash payment, SettlementQuestions.Question question, Provider.Answer answer) {
        if (answer.notFound().isPresent()) {
            if (!answer.isError()) {
                throw new CompletionException(answer.notFound().get());
            }
            if (question.isGuess()) {
                throw new CompletionException(forgotten(payment));
            }
            return false;
        }
        JsonMembers said = answer.members();
        boolean settled = said.flag("settled")
                .orElseThrow(() -> new CompletionException(AddressException.passing(
                        settings.address().host() + " does not say whether an invoice is settled (LUD-21)")));
        boolean sameInvoice = said.text("pr").map(pr -> isOf(payment, pr)).orElse(true);
        boolean samePreimage = said.text("preimage")
                .map(hex -> hex.isEmpty() || hashesTo(payment, hex))
                .orElse(true);
        if (!sameInvoice || !samePreimage) {
            throw new CompletionException(AddressException.passing(
                    settings.address().host() + " was asked about one payment and answers about another (LUD-21)"));
        }
        return settled;
    }

    private static boolean isOf(PaymentHash payment, String pr) {
        try {
            return Bolt11.parse(pr).paymentHash().equals(payment);
        } catch (Bolt11Exception e) {
            return false;
        }
    }

    private static boolean hashesTo(PaymentHash payment, String hex) {
        try {
            return Preimage.ofHex(hex).hash().equals(payment);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Fails while invoices are not asked for, since the provider failed to make them; else asks how the address is paid, unless
     * that is known since a minute ago at most. Once a second at most.
     */
    @Override
    public void check() throws InvoiceException {
        check.run();
    }

    private void requireSelling() throws InvoiceException {
        calls.requireAsking();
        payRequestNow();
    }

    private PayRequest payRequestNow() throws InvoiceException {
        return checks.ask(() -> sent(payRequest(clock.instant(), PAY_REQUEST_CHECKED)), ignored -> {});
    }

    /** As it was answered {@code atMost} ago; several who ask at once share one answer. */
    private synchronized CompletableFuture<PayRequest> payRequest(Instant now, Duration atMost) {
        Asked before = asked;
        if (before != null
                && !before.answer.isCompletedExceptionally()
                && Duration.between(before.at, now).abs().compareTo(atMost) < 0) {
            return before.answer;
        }
        Asked next = new Asked(provider.payRequest(), now);
        asked = next;
        return next.answer;
    }

    /** Not each time: a rule whose price is never taken would have it asked for at each challenge. */
    private synchronized void forgetPayRequest() {
        Instant now = clock.instant();
        if (Duration.between(forgotten, now).abs().compareTo(PAY_REQUEST_DOUBTED) >= 0) {
            asked = null;
            forgotten = now;
        }
    }

    private static <T> NodeCalls.Sent<T> sent(CompletableFuture<T> answer) {
        // Other connections would be no better: each call that takes too long closes its own.
        return new NodeCalls.Sent<>(answer, () -> {});
    }

    private NodeCalls.Failure meaning(Exception cause) {
        if (cause instanceof AddressException failure) {
            return failure.failure();
        }
        if (cause instanceof TimeoutException) {
            return provider.silent(settings.address().host()).failure();
        }
        return AddressException.passing(settings.address().host() + " fails: " + cause)
                .failure();
    }

    /** How many invoices nobody waited for. */
    int unclaimed() {
        return unclaimed.size();
    }

    private void announce() {
        try {
            PayRequest terms = payRequestNow();
            LOG.log(
                    System.Logger.Level.INFO,
                    "lsat: " + settings.address() + " takes " + ceilingSat(terms.minMsat()) + " to "
                            + terms.maxMsat() / MSAT_PER_SAT + " sat; the money arrives at "
                            + settings.address().host() + ", and is yours as far as you trust it");
        } catch (InvoiceException e) {
            if (!closed) {
                LOG.log(System.Logger.Level.WARNING, "lsat: no invoices for now: " + e.getMessage());
            }
        }
    }

    private static long ceilingSat(long msat) {
        return (msat + MSAT_PER_SAT - 1) / MSAT_PER_SAT;
    }

    @Override
    public void close() {
        closed = true;
        threads.close();
    }
}
