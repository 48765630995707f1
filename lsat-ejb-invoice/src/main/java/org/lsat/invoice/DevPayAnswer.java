package org.lsat.invoice;

import java.util.Locale;
import org.lsat.protocol.Preimage;

/**
 * What the pay endpoint answers, finished; the servlet only copies it.
 *
 * @param contentType of {@code body}, which is ASCII
 */
record DevPayAnswer(int status, String contentType, String body) {

    /** The invoice is paid. */
    static DevPayAnswer paid(Preimage preimage) {
        return new DevPayAnswer(200, "application/json", "{\"preimage\":\"" + preimage.revealHex() + "\"}");
    }

    /** A problem (RFC 9457); the texts are ours and need no escape. */
    static DevPayAnswer problem(int status, String reason, String title, String detail) {
        String body = String.format(
                Locale.ROOT,
                "{\"type\":\"urn:lsat:%1$s\",\"title\":\"%2$s\",\"status\":%3$d,\"detail\":\"%4$s\",\"reason\":\"%1$s\"}",
                reason,
                title,
                status,
                detail);
        return new DevPayAnswer(status, "application/problem+json;charset=UTF-8", body);
    }

    /** Without the body, which may hold a preimage. */
    @Override
    public String toString() {
        return "DevPayAnswer[" + status + "]";
    }
}
