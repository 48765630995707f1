package org.lsat.protocol;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * The 32 bytes that name a token and say what was bought, so that a later change of configuration takes nothing from a
 * buyer: format {@code 01} ‖ key id (1) ‖ uses (4, 0 = any number) ‖ amount in msat (8) ‖ random (18), big-endian. It
 * is part of the identifier and with it signed. Immutable.
 */
public final class TokenId {

    /** Length in bytes. */
    public static final int LENGTH = 32;

    /** The most uses that fit, 2³²−1. */
    public static final long MAX_USES = 0xffff_ffffL;

    /** Bought by uses or by time. {@code 02} is kept for balances, {@code 03} for complimentary tokens. */
    static final byte FORMAT = 1;

    private static final int RANDOM_LENGTH = 18;

    private final byte[] bytes;
    private final int from;

    /** A view of {@code bytes}, which nobody may change any more. */
    TokenId(byte[] bytes, int from) {
        this.bytes = bytes;
        this.from = from;
    }

    static TokenId mint(byte keyId, long uses, long amountMsat, RandomGenerator random) {
        if (uses < 0 || uses > MAX_USES || amountMsat < 0) {
            throw new IllegalArgumentException(
                    "uses " + uses + ", amountMsat " + amountMsat + " do not fit a token id");
        }
        byte[] noise = new byte[RANDOM_LENGTH];
        random.nextBytes(noise);
        byte[] bytes = new byte[LENGTH];
        bytes[0] = FORMAT;
        bytes[1] = keyId;
        BigEndian.putInt(bytes, 2, (int) uses);
        BigEndian.putLong(bytes, 6, amountMsat);
        System.arraycopy(noise, 0, bytes, LENGTH - RANDOM_LENGTH, RANDOM_LENGTH);
        return new TokenId(bytes, 0);
    }

    /** Whether this is a format that this release sells. Any other must be refused: its fields mean something else. */
    boolean isKnownFormat() {
        return bytes[from] == FORMAT && amountMsat() >= 0;
    }

    /** Picks among the present and the previous secrets. */
    public byte keyId() {
        return bytes[from + 1];
    }

    /** How many requests were bought; 0 means any number until the token ends. */
    public long uses() {
        return BigEndian.getInt(bytes, from + 2) & MAX_USES;
    }

    /** What was paid, in millisatoshi. */
    public long amountMsat() {
        return BigEndian.getLong(bytes, from + 6);
    }

    void writeTo(byte[] target, int at) {
        System.arraycopy(bytes, from, target, at, LENGTH);
    }

    /** 64 lower-case hex digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes, from, from + LENGTH);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenId that
                && Arrays.equals(bytes, from, from + LENGTH, that.bytes, that.from, that.from + LENGTH);
    }

    @Override
    public int hashCode() {
        return (int) BigEndian.getLong(bytes, from + LENGTH - 8);
    }

    @Override
    public String toString() {
        return hex();
    }
}
