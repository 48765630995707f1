package org.lsat.invoice;

import java.math.BigInteger;
import java.util.random.RandomGenerator;
import org.bouncycastle.math.ec.ECPoint;

/** A Lightning node's private key. Does not print. Immutable. */
final class SigningKey {

    private static final int BITS = 256;

    private final BigInteger secret;
    private final ECPoint point;

    /**
     * A key of a given number.
     *
     * @throws IllegalArgumentException if it is not 1 to n - 1
     */
    SigningKey(BigInteger secret) {
        if (!Secp256k1.inRange(secret)) {
            throw new IllegalArgumentException("a private key is 1 to n - 1");
        }
        this.secret = secret;
        this.point = Secp256k1.publicPoint(secret);
    }

    /** A new key. */
    static SigningKey generate(RandomGenerator random) {
        byte[] bytes = new byte[BITS / Byte.SIZE];
        BigInteger candidate;
        do {
            random.nextBytes(bytes);
            candidate = new BigInteger(1, bytes);
        } while (!Secp256k1.inRange(candidate));
        return new SigningKey(candidate);
    }

    /** Signs the SHA-256 of {@code message}. */
    RecoverableSignature sign(byte[] message) {
        return Secp256k1.sign(secret, point, Secp256k1.sha256(message));
    }

    /** The public half. */
    NodeId nodeId() {
        return NodeId.of(point);
    }

    @Override
    public String toString() {
        return "SigningKey[" + nodeId() + "]";
    }
}
