package org.lsat.ledger;

import org.lsat.protocol.PaymentHash;

/**
 * What became of the wish to use a payment.
 *
 * @param bought what the token says was bought
 * @param left units that remain after this charge, 0 where it was not applied
 * @param first whether nothing was ever charged of the payment before: it has just turned out to be paid
 * @param epoch rises whenever pending units lapse; tells a settlement that comes too late
 */
public record Charge(
        Status status, PaymentHash payment, long units, long bought, long left, boolean first, long epoch) {

    /** The outcomes. */
    public enum Status {
        /** Charged; to be settled. */
        APPLIED,
        /** Used up, for good. */
        EXHAUSTED,
        /** What remains is pending: it may be given back, so ask again. */
        IN_FLIGHT
    }
}
