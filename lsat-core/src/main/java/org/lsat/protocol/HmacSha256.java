package org.lsat.protocol;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC-SHA256 (RFC 2104) over one {@link MessageDigest}. Made for a single call and dropped after it: not thread-safe,
 * nothing kept on the thread (a thread-local of ours on a container's thread would outlive the application).
 *
 * <p>{@code javax.crypto.Mac} costs half as much again per token, since it copies the key into a {@code SecretKeySpec}
 * and looks its provider up; see {@code benchmarks}.
 */
final class HmacSha256 {

    static final int LENGTH = 32;
    private static final int BLOCK = 64;

    /** Never updated, only cloned: a clone costs a fifth of a look-up. */
    private static final MessageDigest PROTOTYPE = newDigest();

    private final MessageDigest digest = cloned();
    private final byte[] pad = new byte[BLOCK];

    /** A key that many calls share, with both its pads written out. Immutable. */
    static final class Key {
        private final byte[] inner;
        private final byte[] outer;

        Key(byte[] key) {
            byte[] block = key.length <= BLOCK ? key : newDigest().digest(key);
            this.inner = padded(block, 0x36);
            this.outer = padded(block, 0x5c);
        }

        private static byte[] padded(byte[] key, int with) {
            byte[] pad = new byte[BLOCK];
            for (int i = 0; i < BLOCK; i++) {
                pad[i] = (byte) ((i < key.length ? key[i] : 0) ^ with);
            }
            return pad;
        }
    }

    void sha256(byte[] message, int from, int length, byte[] out) {
        digest.update(message, from, length);
        finish(out);
    }

    /** Writes HMAC(key, message) into {@code out}, which may be {@code message}. */
    void mac(Key key, byte[] message, int from, int length, byte[] out) {
        digest.update(key.inner, 0, BLOCK);
        digest.update(message, from, length);
        finish(out);
        digest.update(key.outer, 0, BLOCK);
        digest.update(out, 0, LENGTH);
        finish(out);
    }

    /** Writes HMAC(the first 32 bytes of key, message) into {@code out}, which may be {@code key}. */
    void mac(byte[] key, byte[] message, int from, int length, byte[] out) {
        for (int i = 0; i < LENGTH; i++) {
            pad[i] = (byte) (key[i] ^ 0x36);
        }
        Arrays.fill(pad, LENGTH, BLOCK, (byte) 0x36);
        digest.update(pad, 0, BLOCK);
        // The outer pad differs from the inner one by 0x36 ^ 0x5c, and the key is needed no more: out may be key.
        for (int i = 0; i < BLOCK; i++) {
            pad[i] ^= 0x36 ^ 0x5c;
        }
        digest.update(message, from, length);
        finish(out);
        digest.update(pad, 0, BLOCK);
        digest.update(out, 0, LENGTH);
        finish(out);
    }

    private void finish(byte[] out) {
        try {
            digest.digest(out, 0, LENGTH);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 did not take a 32-byte buffer", e);
        }
    }

    private static MessageDigest cloned() {
        try {
            return (MessageDigest) PROTOTYPE.clone();
        } catch (CloneNotSupportedException e) {
            return newDigest();
        }
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
