package org.lsat.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The secret that all root keys of an application are derived from: at least 32 bytes. Does not print, compares in
 * constant time. Immutable.
 */
public final class Secret {

    /** The least number of bytes. */
    public static final int MIN_LENGTH = 32;

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Copies {@code bytes}.
     *
     * @throws IllegalArgumentException if there are fewer than {@value #MIN_LENGTH}
     */
    public static Secret of(byte[] bytes) {
        if (bytes.length < MIN_LENGTH) {
            throw new IllegalArgumentException("a secret has at least 32 bytes, not " + bytes.length);
        }
        return new Secret(bytes.clone());
    }

    /** The UTF-8 bytes of {@code text} as written. See {@link #of(byte[])}. */
    public static Secret of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** The same for all secrets: a hash of the bytes would say something of them. */
    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "Secret[redacted]";
    }
}
