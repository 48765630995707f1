package org.lsat.ledger;

import org.lsat.protocol.PaymentHash;

/**
 * What became of the wish to use a payment.
 *
 * @param units uses, or millisatoshi of a balance
 * @param bought what the token says was bought, in these units
 * @param left units that remain after this charge, 0 where it was not applied
 * @param first whether nothing was ever charged of the payment before: it has just turned out to be paid
 * @param epoch rises whenever pending units lapse; tells a settlement that comes too late
 */
public record Charge(
        Status status, PaymentHash payment, long units, long bought, long left, boolean first, long epoch) {

    /** So many units may be given back of the payment; see {@link Ledger#GIVEN_BACK_BEYOND_BOUGHT}. */
    public long mostGivenBack() {
        return bought + Ledger.GIVEN_BACK_BEYOND_BOUGHT * units;
    }

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
