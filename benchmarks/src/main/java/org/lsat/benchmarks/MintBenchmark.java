package org.lsat.benchmarks;

import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.lsat.protocol.Challenge;
import org.lsat.protocol.PaymentHash;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From an invoice to both values of {@code WWW-Authenticate}: a token id, a macaroon with two caveats, the text. */
@State(Scope.Benchmark)
public class MintBenchmark {

    /** As long as an invoice of a node is. */
    private static final String INVOICE = "lnbc100n1" + "q".repeat(280);

    private final FloorKeys keys = FloorKeys.derive(Sample.REALM, Sample.NETWORK, Sample.SECRET);
    private final FloorMint floor = new FloorMint(keys, Sample.PRODUCT);
    private final FloorVerify verify = new FloorVerify(keys, Sample.PRODUCT, Sample.METHOD);
    private final PaymentHash paymentHash = Sample.PREIMAGE.hash();
    private final byte[] paymentHashBytes = paymentHash.bytes();
    private final SecureRandom random = new SecureRandom();

    /** Refuses contenders that write different bytes for the same randomness, or bytes that open nothing. */
    @Setup
    public void check() {
        List<String> challenge = core(new Random(4));
        if (!challenge.equals(floor(new Random(4)))) {
            throw new IllegalStateException("floor and core disagree about the challenge");
        }
        String macaroon = challenge.get(0).split("\"", 3)[1];
        if (verify.verify("L402 " + macaroon + ':' + Sample.PREIMAGE.revealHex(), Sample.NOW) != Sample.UNTIL) {
            throw new IllegalStateException("what was minted does not open its product");
        }
        if (core(random).equals(core(random)) || floor(random).equals(floor(random))) {
            throw new IllegalStateException("two tokens are the same");
        }
    }

    /** By hand. */
    @Benchmark
    public List<String> floor() {
        return floor(random);
    }

    /** The core's protocol package. */
    @Benchmark
    public List<String> core() {
        return core(random);
    }

    private List<String> floor(RandomGenerator noise) {
        return floor.mint(paymentHashBytes, Sample.PASS.amountMsat(), Sample.UNTIL, INVOICE, noise);
    }

    private List<String> core(RandomGenerator noise) {
        String macaroon =
                Sample.KEYS.mint(paymentHash, Sample.PASS, Sample.UNTIL, noise).base64();
        return new Challenge(macaroon, INVOICE).values();
    }
}
