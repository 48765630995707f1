package org.lsat.benchmarks;

import java.security.DigestException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** HMAC-SHA256 over a {@link MessageDigest}: a constant key keeps the states of the digest behind its two pads. */
final class FloorHmac {

    private static final int BLOCK = 64;
    private static final byte[] INNER = repeated(0x36);
    private static final byte[] OUTER = repeated(0x5c);
    private static final MessageDigest EMPTY = newDigest();

    private final MessageDigest digest = copy(EMPTY);
    private final byte[] pad = new byte[BLOCK];

    /** The two states of a constant key; only copies of them are updated. */
    record Key(MessageDigest inner, MessageDigest outer) {

        static Key of(byte[] key) {
            return new Key(state(key, INNER), state(key, OUTER));
        }

        private static MessageDigest state(byte[] key, byte[] pad) {
            byte[] block = pad.clone();
            for (int i = 0; i < key.length; i++) {
                block[i] ^= key[i];
            }
            MessageDigest digest = newDigest();
            digest.update(block);
            return digest;
        }
    }

    void sha256(byte[] message, byte[] out) {
        digest.update(message);
        finish(digest, out);
    }

    void mac(Key key, byte[] message, int from, int length, byte[] out) {
        MessageDigest inner = copy(key.inner);
        inner.update(message, from, length);
        finish(inner, out);
        MessageDigest outer = copy(key.outer);
        outer.update(out);
        finish(outer, out);
    }

    /** {@code out} may be {@code key}, of 32 bytes. */
    void mac(byte[] key, byte[] message, int from, int length, byte[] out) {
        System.arraycopy(INNER, 0, pad, 0, BLOCK);
        for (int i = 0; i < 32; i++) {
            pad[i] ^= key[i];
        }
        digest.update(pad);
        for (int i = 0; i < BLOCK; i++) {
            pad[i] ^= 0x36 ^ 0x5c;
        }
        digest.update(message, from, length);
        finish(digest, out);
        digest.update(pad);
        digest.update(out);
        finish(digest, out);
    }

    private static void finish(MessageDigest digest, byte[] out) {
        try {
            digest.digest(out, 0, out.length);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] repeated(int value) {
        byte[] bytes = new byte[BLOCK];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
