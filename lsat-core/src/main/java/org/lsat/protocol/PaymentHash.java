package org.lsat.protocol;

import java.util.HexFormat;

/**
 * SHA-256 of a preimage: the public name of a payment (BOLT 11, field {@code p}). 32 bytes, held as four big-endian
 * words so that it is a value: equal, hashable, comparable, and without an array to copy.
 */
public record PaymentHash(long w0, long w1, long w2, long w3) implements Comparable<PaymentHash> {

    /** Length in bytes. */
    public static final int LENGTH = 32;

    /** Reads 32 bytes of {@code bytes} at {@code from}. */
    public static PaymentHash at(byte[] bytes, int from) {
        return new PaymentHash(
                BigEndian.getLong(bytes, from),
                BigEndian.getLong(bytes, from + 8),
                BigEndian.getLong(bytes, from + 16),
                BigEndian.getLong(bytes, from + 24));
    }

    /**
     * Reads 64 hex digits of any case.
     *
     * @throws IllegalArgumentException if {@code hex} is anything else
     */
    public static PaymentHash ofHex(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a payment hash is 64 hex digits, not " + hex.length());
        }
        return at(bytes, 0);
    }

    /** Whether the 32 bytes at {@code from} are this hash. Public values: the time it takes may vary. */
    boolean equalsAt(byte[] bytes, int from) {
        return BigEndian.getLong(bytes, from) == w0
                && BigEndian.getLong(bytes, from + 8) == w1
                && BigEndian.getLong(bytes, from + 16) == w2
                && BigEndian.getLong(bytes, from + 24) == w3;
    }

    /** Writes the 32 bytes into {@code target} at {@code at}. */
    void writeTo(byte[] target, int at) {
        BigEndian.putLong(target, at, w0);
        BigEndian.putLong(target, at + 8, w1);
        BigEndian.putLong(target, at + 16, w2);
        BigEndian.putLong(target, at + 24, w3);
    }

    /** The 32 bytes, a new array. */
    public byte[] bytes() {
        byte[] bytes = new byte[LENGTH];
        writeTo(bytes, 0);
        return bytes;
    }

    /** 64 lower-case hex digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    /** The first 8 hex digits: as much of a payment as a log may show. */
    public String prefix() {
        return HexFormat.of().toHexDigits(w0).substring(0, 8);
    }

    @Override
    public int compareTo(PaymentHash other) {
        int order = Long.compareUnsigned(w0, other.w0);
        order = order != 0 ? order : Long.compareUnsigned(w1, other.w1);
        order = order != 0 ? order : Long.compareUnsigned(w2, other.w2);
        return order != 0 ? order : Long.compareUnsigned(w3, other.w3);
    }

    /** Only the prefix, so that a record in a log line does not say more than a log may. */
    @Override
    public String toString() {
        return prefix();
    }
}
