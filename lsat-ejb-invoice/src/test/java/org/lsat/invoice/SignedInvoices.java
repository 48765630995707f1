package org.lsat.invoice;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.lsat.protocol.PaymentHash;
import org.lsat.protocol.Preimage;
import org.lsat.testkit.FakeLightningAddress;

/**
 * Makes invoices for a Lightning Address, signed with a key of its own, and lets them be paid. Their time is the next whole
 * second, not the last one, in which the test began, too.
 */
public final class SignedInvoices implements FakeLightningAddress.Issuer {

    /** How long its invoices may be paid. */
    public static final Duration EXPIRY = Duration.ofMinutes(10);

    private final SecureRandom random = new SecureRandom();
    private final SigningKey key = SigningKey.generate(random);
    private final Map<PaymentHash, Preimage> preimages = new ConcurrentHashMap<>();
    private final Set<PaymentHash> paid = ConcurrentHashMap.newKeySet();

    /** What may be other than it should. */
    public record Terms(
            String network,
            long amountMsat,
            Instant timestamp,
            Duration expiry,
            PaymentHash paymentHash,
            String descriptionHash) {

        public Terms withNetwork(String other) {
            return new Terms(other, amountMsat, timestamp, expiry, paymentHash, descriptionHash);
        }

        public Terms withAmountMsat(long other) {
            return new Terms(network, other, timestamp, expiry, paymentHash, descriptionHash);
        }

        public Terms withTimestamp(Instant other) {
            return new Terms(network, amountMsat, other, expiry, paymentHash, descriptionHash);
        }

        public Terms withExpiry(Duration other) {
            return new Terms(network, amountMsat, timestamp, other, paymentHash, descriptionHash);
        }

        public Terms withPaymentHash(PaymentHash other) {
            return new Terms(network, amountMsat, timestamp, expiry, other, descriptionHash);
        }

        public Terms withDescriptionHash(String other) {
            return new Terms(network, amountMsat, timestamp, expiry, paymentHash, other);
        }
    }

    @Override
    public String invoice(long amountMsat, String descriptionHash) {
        return invoice(amountMsat, descriptionHash, terms -> terms);
    }

    /** One that is other than it should be. */
    public String invoice(long amountMsat, String descriptionHash, UnaryOperator<Terms> change) {
        byte[] bytes = new byte[Preimage.LENGTH];
        random.nextBytes(bytes);
        Preimage preimage = Preimage.of(bytes);
        preimages.put(preimage.hash(), preimage);
        Terms terms = change.apply(new Terms(
                "bcrt",
                amountMsat,
                Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1),
                EXPIRY,
                preimage.hash(),
                descriptionHash));
        random.nextBytes(bytes);
        return Bolt11Writer.write(
                new Bolt11Draft(
                        terms.network,
                        terms.amountMsat,
                        terms.timestamp,
                        terms.paymentHash,
                        HexFormat.of().formatHex(bytes),
                        new Bolt11Draft.Hash(terms.descriptionHash),
                        terms.expiry,
                        80,
                        false),
                key);
    }

    @Override
    public boolean isSettled(PaymentHash payment) {
        return paid.contains(payment);
    }

    /** Pays. */
    public Preimage pay(PaymentHash payment) {
        paid.add(payment);
        return Optional.ofNullable(preimages.get(payment)).orElseThrow();
    }
}
