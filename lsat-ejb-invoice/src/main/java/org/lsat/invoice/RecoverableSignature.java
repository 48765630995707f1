package org.lsat.invoice;

import java.math.BigInteger;

/**
 * An ECDSA signature with the two bits that lead back from it to the key.
 *
 * @param r any number: what came from outside is judged by {@link Secp256k1}
 * @param s likewise
 * @param recoveryId 0 to 3 in a good one: bit 0 the parity of the nonce point's y, bit 1 whether its x is n or more
 */
record RecoverableSignature(BigInteger r, BigInteger s, int recoveryId) {

    /** Bytes that r and s take. */
    private static final int HALF = 32;

    /** Length of {@link #bytes}. */
    static final int LENGTH = 2 * HALF + 1;

    /** Reads r ‖ s ‖ recovery id, 65 bytes, as BOLT 11 has them. */
    static RecoverableSignature of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a signature is 65 bytes, not " + bytes.length);
        }
        return new RecoverableSignature(
                new BigInteger(1, bytes, 0, HALF), new BigInteger(1, bytes, HALF, HALF), bytes[2 * HALF] & 0xff);
    }

    /** r ‖ s ‖ recovery id, 65 bytes, a new array. */
    byte[] bytes() {
        byte[] bytes = new byte[LENGTH];
        writeTo(bytes, 0, r);
        writeTo(bytes, HALF, s);
        bytes[2 * HALF] = (byte) recoveryId;
        return bytes;
    }

    /** Writes {@code value}, below 2^256, as 32 big-endian bytes into {@code target} at {@code at}. */
    static void writeTo(byte[] target, int at, BigInteger value) {
        byte[] bytes = value.toByteArray();
        // One more byte where the sign needs it, fewer where the number is small.
        int length = Math.min(bytes.length, HALF);
        System.arraycopy(bytes, bytes.length - length, target, at + HALF - length, length);
    }
}
