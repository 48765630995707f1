package org.lsat;

import java.util.Locale;

/**
 * Why a request was not served, in the words of the wire: {@code reason} in the body, {@code urn:lsat:…} in its type.
 * The 402s stand in the order in which a token is judged: of several refused tokens the one that came furthest gives the
 * reason.
 */
public enum Reason {
    /** No credential came with the request. */
    PAYMENT_REQUIRED(402, "Payment required"),
    /** What came under our scheme could not be read. */
    MALFORMED(402, "The token cannot be read"),
    /** Forged, not paid, or restricted in a way that cannot be honoured; which of them is not told. */
    INVALID(402, "The token is not valid"),
    /** A genuine token for something else, or for other methods. */
    WRONG_RULE(402, "The token is for something else"),
    /** A genuine token whose time is over. */
    EXPIRED(402, "The token has expired"),
    /** A genuine token for which less was paid than the request costs now. */
    PRICE_TOO_LOW(402, "The token was bought for less"),
    /** A genuine token that its seller took back. */
    REVOKED(402, "The token was revoked"),
    /** A genuine token whose uses are over, or whose balance is too small for this request. */
    USED_UP(402, "The token is used up"),
    /** The request target is not in canonical form. */
    BAD_TARGET(400, "Bad request target"),
    /** Too many challenges without a payment. */
    TOO_MANY_CHALLENGES(429, "Too many unpaid requests"),
    /** A paid token that is used faster than its rule or plan allows. */
    TOO_MANY_REQUESTS(429, "The token is used too fast"),
    /** The Lightning node gives no invoice. */
    NODE_UNAVAILABLE(503, "No invoice to be had now"),
    /** The count of uses cannot be asked. */
    LEDGER_UNAVAILABLE(503, "Uses cannot be counted now"),
    /** The payment has not arrived yet, or the node cannot be asked whether it has. */
    PAYMENT_UNCONFIRMED(503, "The payment cannot be confirmed now"),
    /** What remains of the token is being used right now. */
    IN_FLIGHT(503, "The last use is still under way"),
    /** No more counted plans are sold until the ledger has room. */
    SOLD_OUT(503, "Sold out for now"),
    /** The server is set up in a way that would charge wrongly. */
    MISCONFIGURED(503, "The server is misconfigured"),
    /** Something that should not happen. */
    INTERNAL(503, "Not available now");

    private final int status;
    private final String title;
    private final String wireName;

    Reason(int status, String title) {
        this.status = status;
        this.title = title;
        this.wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The HTTP status that goes with it. */
    public int status() {
        return status;
    }

    /** A short sentence for people. */
    public String title() {
        return title;
    }

    /** Its name on the wire. */
    public String wireName() {
        return wireName;
    }
}
