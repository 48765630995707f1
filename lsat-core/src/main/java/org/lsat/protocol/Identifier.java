package org.lsat.protocol;

import java.util.HexFormat;
import java.util.Optional;

/**
 * A macaroon's identifier in L402: version {@code 00 00} ‖ payment hash (32) ‖ token id (32), 66 bytes; any other length
 * or version is refused. Immutable.
 */
public final class Identifier {

    /** Length in bytes. */
    public static final int LENGTH = 66;

    private static final int HASH_AT = 2;
    private static final int TOKEN_ID_AT = HASH_AT + PaymentHash.LENGTH;

    private final byte[] bytes;
    private final int from;

    private Identifier(byte[] bytes, int from) {
        this.bytes = bytes;
        this.from = from;
    }

    static Identifier of(PaymentHash paymentHash, TokenId tokenId) {
        byte[] bytes = new byte[LENGTH];
        paymentHash.writeTo(bytes, HASH_AT);
        tokenId.writeTo(bytes, TOKEN_ID_AT);
        return new Identifier(bytes, 0);
    }

    /** Reads the identifier of {@code macaroon}; empty if it is not one of L402's. */
    public static Optional<Identifier> of(Macaroon macaroon) {
        return Optional.ofNullable(isL402(macaroon) ? at(macaroon) : null);
    }

    /**
     * The identifier of a macaroon that {@link RootKeys#isGenuine} said yes to.
     *
     * @throws IllegalArgumentException if it is not one of L402's
     */
    public static Identifier ofGenuine(Macaroon macaroon) {
        if (!isL402(macaroon)) {
            throw new IllegalArgumentException("not an L402 identifier");
        }
        return at(macaroon);
    }

    static boolean isL402(Macaroon macaroon) {
        byte[] bytes = macaroon.v2();
        int from = macaroon.identifierFrom();
        return macaroon.identifierLength() == LENGTH && bytes[from] == 0 && bytes[from + 1] == 0;
    }

    static Identifier at(Macaroon macaroon) {
        return new Identifier(macaroon.v2(), macaroon.identifierFrom());
    }

    /** The invoice that pays for the token. */
    public PaymentHash paymentHash() {
        return PaymentHash.at(bytes, from + HASH_AT);
    }

    /** What was bought. */
    public TokenId tokenId() {
        return new TokenId(bytes, from + TOKEN_ID_AT);
    }

    boolean isPaidWith(Preimage preimage, HmacSha256 worker, byte[] scratch) {
        return preimage.hashesTo(bytes, from + HASH_AT, worker, scratch);
    }

    byte[] bytes() {
        byte[] copy = new byte[LENGTH];
        System.arraycopy(bytes, from, copy, 0, LENGTH);
        return copy;
    }

    /** 132 lower-case hex digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes, from, from + LENGTH);
    }

    @Override
    public String toString() {
        return "Identifier[" + paymentHash().prefix() + "]";
    }
}
