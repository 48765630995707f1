package org.lsat.protocol;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * The 32 bytes that name a token and say what was bought, so that a later change of configuration takes nothing from a
 * buyer. It is part of the identifier and with it signed. Big-endian:
 *
 * <ul>
 *   <li>bought by uses or by time: {@code 01} ‖ key id (1) ‖ uses (4, 0 = any number) ‖ amount in msat (8) ‖ random (18)
 *   <li>a balance: {@code 02} ‖ key id (1) ‖ amount in msat (8) ‖ deposit in msat (8) ‖ random (14)
 *   <li>complimentary: {@code 03} ‖ key id (1) ‖ uses (4) ‖ deposit in msat (8) ‖ random (18); any number of uses where
 *       both are 0
 * </ul>
 *
 * <p>An older release refuses a format that it does not know, so that it never takes a balance for a pass. Immutable.
 */
public final class TokenId {

    /** Length in bytes. */
    public static final int LENGTH = 32;

    /** The most uses that fit, 2³²−1. */
    public static final long MAX_USES = 0xffff_ffffL;

    /** Bought by uses or by time. */
    static final byte BOUGHT = 1;

    /** A deposit that requests draw from. */
    static final byte BALANCE = 2;

    /** Given, not sold. */
    static final byte COMPLIMENTARY = 3;

    private final byte[] bytes;
    private final int from;

    /** A view of {@code bytes}, which nobody may change any more. */
    TokenId(byte[] bytes, int from) {
        this.bytes = bytes;
        this.from = from;
    }

    static TokenId mint(byte keyId, RootKeys.Purchase purchase, RandomGenerator random) {
        long uses = purchase.uses();
        long deposit = purchase.depositMsat();
        long amount = purchase.amountMsat();
        if (uses < 0 || uses > MAX_USES || deposit < 0 || amount < 0 || (uses > 0 && deposit > 0)) {
            throw new IllegalArgumentException(
                    "uses " + uses + ", depositMsat " + deposit + ", amountMsat " + amount + " do not fit a token id");
        }
        byte format = purchase.complimentary() ? COMPLIMENTARY : deposit > 0 ? BALANCE : BOUGHT;
        byte[] bytes = new byte[LENGTH];
        bytes[0] = format;
        bytes[1] = keyId;
        int randomFrom;
        if (format == BALANCE) {
            BigEndian.putLong(bytes, 2, amount);
            BigEndian.putLong(bytes, 10, deposit);
            randomFrom = 18;
        } else {
            BigEndian.putInt(bytes, 2, (int) uses);
            BigEndian.putLong(bytes, 6, format == BOUGHT ? amount : deposit);
            randomFrom = 14;
        }
        byte[] noise = new byte[LENGTH - randomFrom];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, bytes, randomFrom, noise.length);
        return new TokenId(bytes, 0);
    }

    /** Whether this is a format that this release knows. Any other must be refused: its fields mean something else. */
    boolean isKnownFormat() {
        return switch (bytes[from]) {
            case BOUGHT -> amountMsat() >= 0;
            case BALANCE -> amountMsat() >= 0 && depositMsat() > 0;
            case COMPLIMENTARY -> depositMsat() >= 0 && (depositMsat() == 0 || uses() == 0);
            default -> false;
        };
    }

    /** Whether it was given and not sold: no invoice was ever paid for it. */
    public boolean isComplimentary() {
        return bytes[from] == COMPLIMENTARY;
    }

    /** Picks among the present and the previous secrets. */
    public byte keyId() {
        return bytes[from + 1];
    }

    /** How many requests were bought; 0 means any number until the token ends, or the deposit does, if there is one. */
    public long uses() {
        return bytes[from] == BALANCE ? 0 : BigEndian.getInt(bytes, from + 2) & MAX_USES;
    }

    /** What requests draw from, in millisatoshi; 0 where the token is no balance. */
    public long depositMsat() {
        return switch (bytes[from]) {
            case BALANCE -> BigEndian.getLong(bytes, from + 10);
            case COMPLIMENTARY -> BigEndian.getLong(bytes, from + 6);
            default -> 0;
        };
    }

    /** What was paid, in millisatoshi. */
    public long amountMsat() {
        return switch (bytes[from]) {
            case BALANCE -> BigEndian.getLong(bytes, from + 2);
            case COMPLIMENTARY -> 0;
            default -> BigEndian.getLong(bytes, from + 6);
        };
    }

    /** Whether requests are counted: neither a pass nor unlimited. */
    public boolean isCounted() {
        return uses() > 0 || depositMsat() > 0;
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
