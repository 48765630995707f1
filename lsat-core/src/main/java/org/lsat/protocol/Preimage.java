package org.lsat.protocol;

import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The 32 secret bytes that only the payer of an invoice learns; their SHA-256 is the payment hash. Does not print, and
 * compares in constant time. Immutable.
 */
public final class Preimage {

    /** Length in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private Preimage(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Copies 32 bytes.
     *
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static Preimage of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a preimage is 32 bytes, not " + bytes.length);
        }
        return new Preimage(bytes.clone());
    }

    /**
     * Reads 64 hex digits of any case.
     *
     * @throws IllegalArgumentException if {@code hex} is anything else
     */
    public static Preimage ofHex(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    /** Takes the array itself; for callers that made it and keep no reference. */
    static Preimage owning(byte[] bytes) {
        return new Preimage(bytes);
    }

    /** SHA-256 of the preimage. */
    public PaymentHash hash() {
        byte[] hash = new byte[PaymentHash.LENGTH];
        new HmacSha256().sha256(bytes, 0, LENGTH, hash);
        return PaymentHash.at(hash, 0);
    }

    /** Whether the 32 bytes of {@code hash} at {@code from} are the SHA-256 of this preimage. */
    boolean hashesTo(byte[] hash, int from, HmacSha256 worker, byte[] scratch) {
        worker.sha256(bytes, 0, LENGTH, scratch);
        return BigEndian.getLong(scratch, 0) == BigEndian.getLong(hash, from)
                && BigEndian.getLong(scratch, 8) == BigEndian.getLong(hash, from + 8)
                && BigEndian.getLong(scratch, 16) == BigEndian.getLong(hash, from + 16)
                && BigEndian.getLong(scratch, 24) == BigEndian.getLong(hash, from + 24);
    }

    /** The secret itself as 64 lower-case hex digits: for the wallet that hands it to its payer, and for nothing else. */
    public String revealHex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Preimage that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash().hashCode();
    }

    @Override
    public String toString() {
        return "Preimage[redacted]";
    }
}
