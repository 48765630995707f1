package org.lsat.testkit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.lsat.Invoice;
import org.lsat.InvoiceException;
import org.lsat.InvoiceRequest;
import org.lsat.InvoiceSource;
import org.lsat.protocol.PaymentHash;
import org.lsat.protocol.Preimage;

/**
 * A Lightning node that is not there. Its invoices are well-formed ({@link FakeInvoice}), it knows their preimages and
 * tells them to whoever asks, which is how a test pays:
 *
 * <pre>{@code
 * FakeNode node = new FakeNode(clock, "bcrt");
 * …                                                     // the application answers 402 with macaroon and invoice
 * String credential = "L402 " + macaroon + ":" + node.preimageOf(invoice).revealHex();
 * }</pre>
 *
 * <p>Told to with {@link #misbehave}, it fails in the ways in which nodes do. Thread-safe.
 */
public final class FakeNode implements InvoiceSource {

    /** What is wrong with it. */
    public enum Fault {
        /** Nothing. */
        NONE,
        /** It answers with the failure of its contract. */
        REFUSES,
        /** It throws what its contract does not know. */
        THROWS,
        /** It breaks its contract and returns nothing. */
        RETURNS_NULL,
        /** It states another payment hash than stands in the invoice. */
        OTHER_HASH,
        /** Its invoice is over one millisatoshi more. */
        OTHER_AMOUNT,
        /** Its invoice leaves the amount to the payer. */
        NO_AMOUNT,
        /** Its invoice is for another network. */
        OTHER_NETWORK,
        /** Its invoice ended in this very second. */
        EXPIRED,
        /** Its invoice may be paid for a second longer than was asked for. */
        TOO_LONG,
        /** Its invoice has one character changed. */
        UNREADABLE,
        /** Its invoice has so many fields that it does not fit into the header of an answer. */
        TOO_LARGE,
        /** It calls no invoice settled. */
        UNSETTLED,
        /** Its invoice is in capitals, as for a QR code; it is a good one. */
        UPPER_CASE
    }

    /** What {@link Fault#REFUSES} says. */
    public static final String REFUSAL = "the fake node was told to refuse";

    /** When {@link Fault#REFUSES} asks to come back. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(7);

    private final InstantSource clock;
    private final String network;
    private final Random random = new Random(402);
    private final Map<String, Preimage> preimages = new ConcurrentHashMap<>();
    private final List<InvoiceRequest> requests = new CopyOnWriteArrayList<>();
    private final Set<PaymentHash> paid = ConcurrentHashMap.newKeySet();
    private final AtomicInteger settlementQuestions = new AtomicInteger();
    private final @Nullable StandIn standIn;
    private volatile Fault fault = Fault.NONE;

    /**
     * A node whose clock is {@code clock}.
     *
     * @param network {@code bc}, {@code tb}, {@code tbs} or {@code bcrt}
     */
    public FakeNode(InstantSource clock, String network) {
        this(clock, network, null);
    }

    /** As above, and it says of itself that it is {@code standIn}. */
    public FakeNode(InstantSource clock, String network, @Nullable StandIn standIn) {
        this.clock = clock;
        this.network = network;
        this.standIn = standIn;
    }

    @Override
    public Optional<StandIn> standIn() {
        return Optional.ofNullable(standIn);
    }

    /** Does from now on what {@code kind} says. */
    public void misbehave(Fault kind) {
        this.fault = kind;
    }

    /** How often it was asked for an invoice, whatever became of it. */
    public int calls() {
        return requests.size();
    }

    /** What it was asked for, in order. */
    public List<InvoiceRequest> requests() {
        return List.copyOf(requests);
    }

    /** How often it was asked whether an invoice is settled. */
    public int settlementQuestions() {
        return settlementQuestions.get();
    }

    /**
     * What whoever pays {@code bolt11} learns; who asks has paid.
     *
     * @throws IllegalArgumentException if it is not an invoice of this node
     */
    public Preimage preimageOf(String bolt11) {
        Preimage preimage = preimages.get(bolt11.toLowerCase(Locale.ROOT));
        if (preimage == null) {
            throw new IllegalArgumentException("not an invoice of this node: " + bolt11);
        }
        paid.add(preimage.hash());
        return preimage;
    }

    @Override
    @SuppressWarnings("NullAway") // RETURNS_NULL breaks the contract on purpose.
    public Invoice create(InvoiceRequest request) throws InvoiceException {
        requests.add(request);
        return switch (fault) {
            case REFUSES -> throw new InvoiceException(REFUSAL, RETRY_AFTER);
            case THROWS -> throw new IllegalStateException("the fake node was told to throw");
            case RETURNS_NULL -> null;
            default -> issue(request, fault);
        };
    }

    @Override
    public boolean tellsSettlement() {
        return true;
    }

    @Override
    public boolean isSettled(PaymentHash payment) throws InvoiceException {
        settlementQuestions.incrementAndGet();
        if (fault == Fault.REFUSES) {
            throw new InvoiceException(REFUSAL, RETRY_AFTER);
        }
        return fault != Fault.UNSETTLED && paid.contains(payment);
    }

    private Invoice issue(InvoiceRequest request, Fault kind) {
        Preimage preimage = randomPreimage();
        long amountMsat = request.amountMsat();
        FakeInvoice invoice = new FakeInvoice(
                kind == Fault.OTHER_NETWORK ? (network.equals("bc") ? "tb" : "bc") : network,
                kind == Fault.NO_AMOUNT ? 0 : kind == Fault.OTHER_AMOUNT ? amountMsat + 1 : amountMsat,
                preimage.hash(),
                kind == Fault.EXPIRED ? clock.instant().minus(request.expiry()) : clock.instant(),
                kind == Fault.TOO_LONG ? request.expiry().plusSeconds(1) : request.expiry(),
                request.memo());
        String bolt11 = kind == Fault.TOO_LARGE ? invoice.bolt11WithFields(5) : invoice.bolt11();
        preimages.put(bolt11, preimage);
        PaymentHash stated = kind == Fault.OTHER_HASH ? randomPreimage().hash() : preimage.hash();
        return new Invoice(
                stated,
                switch (kind) {
                    case UNREADABLE -> bolt11.substring(0, bolt11.length() - 1) + (bolt11.endsWith("q") ? 'p' : 'q');
                    case UPPER_CASE -> bolt11.toUpperCase(Locale.ROOT);
                    default -> bolt11;
                });
    }

    private Preimage randomPreimage() {
        byte[] bytes = new byte[Preimage.LENGTH];
        random.nextBytes(bytes);
        return Preimage.of(bytes);
    }
}
