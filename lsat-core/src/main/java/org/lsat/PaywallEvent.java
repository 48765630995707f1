package org.lsat;

import java.time.Instant;
import org.lsat.protocol.PaymentHash;

/** What the paywall did with a request that is not free; see {@link PaywallListener}. */
public sealed interface PaywallEvent {

    /** As on the request line. */
    String method();

    /** Decoded, below the context path; written by the client, so nothing for a log as it is. */
    String path();

    /** When the request arrived. */
    Instant time();

    /**
     * The request was answered by 402, with a new invoice.
     *
     * @param product the rule or plan that was offered
     * @param payment the hash of the invoice
     * @param reason why a token that came with it, if one came, did not open it
     */
    record Challenged(
            String product,
            PaymentHash payment,
            long amountMsat,
            Reason reason,
            String method,
            String path,
            Instant time)
            implements PaywallEvent {}

    /**
     * The request was paid for, and goes on to the application; whether its use counts, its answer decides.
     *
     * @param payment the hash of the invoice that was paid
     * @param firstUse whether the payment was used for the first time; of a pass: since the start, as far as that is
     *     remembered
     */
    record Paid(PaidAccess access, PaymentHash payment, boolean firstUse, String method, String path, Instant time)
            implements PaywallEvent {}

    /** The request has a price, and went on to the application without payment. */
    record Waived(String rule, Waiver waiver, String method, String path, Instant time) implements PaywallEvent {}

    /**
     * The request has a price that is not enforced ({@code lsat.enforce=false}), and went on to the application. Tokens are not
     * looked at.
     */
    record NotEnforced(String rule, long amountMsat, String method, String path, Instant time)
            implements PaywallEvent {}

    /** The request was answered by 400, 429 or 503, without an invoice. */
    record Refused(Reason reason, String method, String path, Instant time) implements PaywallEvent {}
}
