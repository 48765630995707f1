package org.lsat.invoice;

import java.io.IOException;
import java.io.InputStream;
import org.lsat.Reason;
import org.lsat.invoice.json.JsonException;
import org.lsat.invoice.json.JsonMembers;

/**
 * Pays an invoice of the dev wallet: {@code {"invoice":"lnbcrt…"}} is answered with {@code {"preimage":"…"}}, or with a
 * problem. Knows nothing of servlets. Immutable, thread-safe.
 */
final class DevPayEndpoint {

    /** Longest body, in bytes; an invoice takes at most some 1 400. */
    static final int MAX_BODY = 8 * 1024;

    private final DevWallet wallet;

    DevPayEndpoint(DevWallet wallet) {
        this.wallet = wallet;
    }

    /** Where another backend makes the invoices, nobody is here. */
    static DevPayAnswer dormant() {
        return DevPayAnswer.problem(
                404, "no-dev-wallet", "Not Found", "there is no dev wallet here; pay with a Lightning wallet");
    }

    /** Any method but POST. */
    static DevPayAnswer methodNotAllowed() {
        return DevPayAnswer.problem(405, "method-not-allowed", "Method Not Allowed", "an invoice is paid by POST");
    }

    /**
     * Answers a POST.
     *
     * @param isLocal whether it comes from this machine, see {@link org.lsat.LocalPeer}
     * @param body read only if its sender may pay, and at most one byte beyond {@link #MAX_BODY}
     * @throws IOException if the body cannot be read
     */
    DevPayAnswer post(boolean isLocal, InputStream body) throws IOException {
        if (wallet.localPeersOnly() && !isLocal) {
            return DevPayAnswer.problem(
                    Reason.MISCONFIGURED.status(),
                    Reason.MISCONFIGURED.wireName(),
                    Reason.MISCONFIGURED.title(),
                    "the dev wallet serves clients on its own machine only, and none behind a proxy; "
                            + DevWallet.ALLOW_REMOTE + "=true lets others pay");
        }
        byte[] bytes = body.readNBytes(MAX_BODY + 1);
        if (bytes.length > MAX_BODY) {
            return badRequest("the body is longer than " + MAX_BODY + " bytes");
        }
        try {
            return JsonMembers.of(bytes)
                    .text("invoice")
                    .map(this::pay)
                    .orElseGet(() -> badRequest("the body has no member invoice that is a string"));
        } catch (JsonException e) {
            return badRequest("the body is not a JSON object: " + e.getMessage());
        }
    }

    private DevPayAnswer pay(String invoice) {
        return wallet.pay(invoice)
                .map(DevPayAnswer::paid)
                .orElseGet(() -> DevPayAnswer.problem(
                        404,
                        "unknown-invoice",
                        "Not Found",
                        "this wallet did not issue that invoice since it was started, or the invoice has expired"));
    }

    private static DevPayAnswer badRequest(String detail) {
        return DevPayAnswer.problem(400, "bad-request", "Bad Request", detail);
    }
}
