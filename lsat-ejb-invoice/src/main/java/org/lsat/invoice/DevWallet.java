package org.lsat.invoice;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.lsat.Invoice;
import org.lsat.InvoiceRequest;
import org.lsat.InvoiceSource;
import org.lsat.protocol.PaymentHash;
import org.lsat.protocol.Preimage;

/**
 * A Lightning node's stand-in and its payer in one: it signs BOLT 11 invoices that every wallet reads, on the network
 * {@code bcrt} with a key of its own, and hands out their preimages to whoever asks. No money moves, and nothing
 * outlives the process. Thread-safe; touches no network.
 */
public final class DevWallet implements InvoiceSource {

    /** Where it is paid, below the context path. */
    static final String PAY_PATH = "/lsat/dev/pay";

    /** The property that lets clients of other machines pay. */
    static final String ALLOW_REMOTE = "lsat.dev.allow-remote";

    private static final String NETWORK = "bcrt";

    /** LND's default; a payer of today leaves no less. */
    private static final int MIN_FINAL_CLTV_EXPIRY_DELTA = 80;

    /** Some 60 MB, if all of them are waiting to be paid. */
    private static final int CAPACITY = 100_000;

    private final InstantSource clock;
    private final RandomGenerator random;
    private final boolean allowRemote;
    private final SigningKey key;
    private final IssuedInvoices issued;

    /**
     * A wallet with a new key.
     *
     * @param random thread-safe; anything but a {@link java.security.SecureRandom} is for tests
     * @param allowRemote whether clients of other machines may pay
     */
    public DevWallet(InstantSource clock, RandomGenerator random, boolean allowRemote) {
        this(clock, random, allowRemote, CAPACITY);
    }

    DevWallet(InstantSource clock, RandomGenerator random, boolean allowRemote, int capacity) {
        this.clock = clock;
        this.random = random;
        this.allowRemote = allowRemote;
        this.key = SigningKey.generate(random);
        this.issued = new IssuedInvoices(capacity);
    }

    /** Always succeeds. */
    @Override
    public Invoice create(InvoiceRequest request) {
        Preimage preimage = Preimage.of(randomBytes());
        PaymentHash hash = preimage.hash();
        Instant timestamp = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Bolt11Draft draft = new Bolt11Draft(
                NETWORK,
                request.amountMsat(),
                timestamp,
                hash,
                HexFormat.of().formatHex(randomBytes()),
                new Bolt11Draft.Text(request.memo()),
                request.expiry(),
                MIN_FINAL_CLTV_EXPIRY_DELTA,
                false);
        String bolt11 = Bolt11Writer.write(draft, key);
        issued.add(bolt11, preimage, timestamp.plus(request.expiry()), timestamp);
        return new Invoice(hash, bolt11);
    }

    /**
     * Pays one of its own invoices, as often as it is asked to: a client that lost the answer asks again.
     *
     * @return the preimage; empty if the invoice is another's, altered, expired, or so old that it was forgotten
     */
    public Optional<Preimage> pay(String bolt11) {
        return issued.find(bolt11, clock.instant());
    }

    @Override
    public Optional<StandIn> standIn() {
        return Optional.of(new StandIn(PAY_PATH, localPeersOnly(), ALLOW_REMOTE));
    }

    /** Whether only clients on this machine may pay. */
    boolean localPeersOnly() {
        return !allowRemote;
    }

    /** Whom its invoices pay. */
    NodeId nodeId() {
        return key.nodeId();
    }

    private byte[] randomBytes() {
        byte[] bytes = new byte[Preimage.LENGTH];
        random.nextBytes(bytes);
        return bytes;
    }
}
