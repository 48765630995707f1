package org.lsat;

import java.util.Base64;
import java.util.HexFormat;
import org.lsat.protocol.Caveat;
import org.lsat.protocol.Macaroon;
import org.lsat.protocol.MacaroonCodec;
import org.lsat.protocol.PaymentHash;
import org.lsat.protocol.Preimage;

/**
 * A token with the proof that it was paid for.
 *
 * @param macaroon in base64
 * @param preimage 64 hex digits
 */
public record PaidToken(String macaroon, String preimage) {

    /** The value of the header field {@code Authorization}. */
    public String authorization() {
        return "L402 " + macaroon + ":" + preimage;
    }

    /**
     * The value of the header field {@code Macaroon}, where {@code Authorization} belongs to a login of the application.
     *
     * @throws IllegalArgumentException if the macaroon is none
     */
    public String macaroonField() {
        Macaroon read = MacaroonCodec.decode(Base64.getDecoder().decode(macaroon));
        if (read == null) {
            throw new IllegalArgumentException("not a macaroon: " + macaroon);
        }
        Macaroon paid = read.narrow(Caveat.parse("preimage=" + preimage));
        return HexFormat.of().formatHex(Base64.getDecoder().decode(paid.base64()));
    }

    /**
     * The hash of the payment, by which the token is counted and can be revoked; logs show its first 8 hex digits.
     *
     * @throws IllegalArgumentException if the preimage is none
     */
    public PaymentHash payment() {
        return Preimage.ofHex(preimage).hash();
    }

    /** Without the preimage and the macaroon: a log may hold neither. */
    @Override
    public String toString() {
        return "PaidToken[redacted]";
    }
}
