package org.lsat.protocol;

import java.util.List;

/**
 * The two {@code WWW-Authenticate} values of a 402, in the only form that all measured clients read: {@code LSAT} first,
 * {@code macaroon} before {@code invoice}, one space, and the specification's {@code version} and {@code token} behind
 * them.
 *
 * @param macaroon standard base64 with padding
 * @param invoice lower-case BOLT 11
 */
public record Challenge(String macaroon, String invoice) {

    /** The field values, in order; each is a field line of its own. */
    public List<String> values() {
        String pair = " macaroon=\"" + macaroon + "\", invoice=\"" + invoice + '"';
        return List.of("LSAT" + pair, "L402" + pair + ", version=\"0\", token=\"" + macaroon + '"');
    }
}
