package org.lsat.invoice;

import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.CryptoServicesRegistrar;
import org.bouncycastle.crypto.CryptoServicesRegistrar.Property;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * ECDSA over secp256k1 (SEC 1, section 4.1) with deterministic nonces (RFC 6979) and low S, as Lightning signs. The
 * lightweight API of Bouncy Castle: a registered provider would outlive the application that registered it. All that is
 * asked of Bouncy Castle is asked from here. Thread-safe; a {@code digest} is 32 bytes of SHA-256.
 */
final class Secp256k1 {

    /** Length of a compressed point. */
    static final int POINT_LENGTH = 33;

    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);

    /** Order of the group, n. */
    static final BigInteger ORDER = DOMAIN.getN();

    private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);
    private static final BigInteger FIELD = CURVE.getCurve().getField().getCharacteristic();

    static {
        // What initializes this class leaves defaults on the thread that happens to do it: one of the container's,
        // which
        // would keep the application's class loader for ever. They are the defaults of all threads, too.
        CryptoServicesRegistrar.clearThreadProperty(Property.DSA_DEFAULT_PARAMS);
        CryptoServicesRegistrar.clearThreadProperty(Property.DH_DEFAULT_PARAMS);
    }

    private Secp256k1() {}

    /** The public point of a private key that is 1 to n - 1. */
    static ECPoint publicPoint(BigInteger privateKey) {
        return new FixedPointCombMultiplier()
                .multiply(DOMAIN.getG(), privateKey)
                .normalize();
    }

    /** Reads a compressed point (SEC 1, section 2.3.4); empty if the 33 bytes are none of the curve. */
    static Optional<ECPoint> point(byte[] compressed) {
        if (compressed.length != POINT_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(DOMAIN.getCurve().decodePoint(compressed));
        } catch (IllegalArgumentException e) {
            // Half of all x have no y: an answer, not a mistake of the caller.
            return Optional.empty();
        }
    }

    /** What Lightning signs of a message. */
    static byte[] sha256(byte[] message) {
        SHA256Digest digest = new SHA256Digest();
        digest.update(message, 0, message.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return hash;
    }

    /** Signs. */
    static RecoverableSignature sign(BigInteger privateKey, ECPoint publicKey, byte[] digest) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(privateKey, DOMAIN));
        BigInteger[] rs = signer.generateSignature(digest);
        BigInteger r = rs[0];
        BigInteger s = isHigh(rs[1]) ? ORDER.subtract(rs[1]) : rs[1];
        // The signer keeps its nonce's point to itself, but a verifier arrives at the same one.
        ECPoint nonce = noncePoint(r, s, publicKey, digest);
        int odd = nonce.getAffineYCoord().testBitZero() ? 1 : 0;
        int beyondOrder = nonce.getAffineXCoord().toBigInteger().compareTo(ORDER) >= 0 ? 2 : 0;
        return new RecoverableSignature(r, s, odd | beyondOrder);
    }

    /** Whether {@code signature}, its recovery id aside, is of this key and digest; S may be high. */
    static boolean verify(RecoverableSignature signature, ECPoint publicKey, byte[] digest) {
        if (!inRange(signature)) {
            return false;
        }
        ECPoint nonce = noncePoint(signature.r(), signature.s(), publicKey, digest);
        return !nonce.isInfinity()
                && nonce.getAffineXCoord().toBigInteger().mod(ORDER).equals(signature.r());
    }

    /** The key that made {@code signature} (SEC 1, section 4.1.6); empty if there can be none. */
    static Optional<ECPoint> recover(RecoverableSignature signature, byte[] digest) {
        int id = signature.recoveryId();
        if (!inRange(signature) || id < 0 || id > 3) {
            return Optional.empty();
        }
        BigInteger r = signature.r();
        BigInteger x = id < 2 ? r : r.add(ORDER);
        if (x.compareTo(FIELD) >= 0) {
            return Optional.empty();
        }
        byte[] compressed = new byte[POINT_LENGTH];
        compressed[0] = (byte) (2 + (id & 1));
        RecoverableSignature.writeTo(compressed, 1, x);
        BigInteger inverse = r.modInverse(ORDER);
        BigInteger ofBase = number(digest).negate().multiply(inverse).mod(ORDER);
        BigInteger ofNonce = signature.s().multiply(inverse).mod(ORDER);
        return point(compressed)
                .map(nonce -> ECAlgorithms.sumOfTwoMultiplies(DOMAIN.getG(), ofBase, nonce, ofNonce)
                        .normalize())
                .filter(key -> !key.isInfinity());
    }

    /** Whether {@code s} is the larger of the two that verify. */
    static boolean isHigh(BigInteger s) {
        return s.compareTo(HALF_ORDER) > 0;
    }

    private static boolean inRange(RecoverableSignature signature) {
        return inRange(signature.r()) && inRange(signature.s());
    }

    /** Whether it is 1 to n - 1: a private key, or half of a signature. */
    static boolean inRange(BigInteger value) {
        return value.signum() > 0 && value.compareTo(ORDER) < 0;
    }

    private static ECPoint noncePoint(BigInteger r, BigInteger s, ECPoint publicKey, byte[] digest) {
        BigInteger inverse = s.modInverse(ORDER);
        BigInteger ofBase = number(digest).multiply(inverse).mod(ORDER);
        BigInteger ofKey = r.multiply(inverse).mod(ORDER);
        return ECAlgorithms.sumOfTwoMultiplies(DOMAIN.getG(), ofBase, publicKey, ofKey)
                .normalize();
    }

    private static BigInteger number(byte[] digest) {
        return new BigInteger(1, digest);
    }
}
