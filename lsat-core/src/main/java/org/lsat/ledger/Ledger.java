package org.lsat.ledger;

import java.time.Duration;
import java.time.Instant;
import org.lsat.protocol.PaymentHash;

/**
 * Counts what was used of each payment. A use is first charged (it is pending), then settled: counted or given back. What
 * was used and what is pending never exceed the limit together, however many ask at once. A payment whose pending uses
 * were last charged longer than the lease ago lost whoever charged them: they count as given back. Implementations are
 * thread-safe.
 */
public interface Ledger {

    /** A spent payment is remembered so much longer than its token is good, for clocks that differ. */
    Duration KEPT_LONGER = Duration.ofMinutes(10);

    /** So many more requests than were bought may be given back of one payment; then they count all the same. */
    long GIVEN_BACK_BEYOND_BOUGHT = 10;

    /**
     * Charges some units of a payment.
     *
     * @param units at least 1: one use, or the millisatoshi that are drawn from a balance
     * @param bought what the token says was bought, in these units, at least 1
     * @param limit at most {@code bought}: the smaller of it and what the holder allowed this copy
     * @param expiresAt the end of the token as it was minted, the same for all copies
     * @throws LedgerUnavailableException if it cannot be told; nothing is charged then as far as anybody knows
     */
    Charge charge(PaymentHash payment, long units, long bought, long limit, Instant expiresAt)
            throws LedgerUnavailableException;

    /**
     * Ends an applied charge: takes its units out of what is pending. Called once for each.
     *
     * @param cost units that count, 0 to the charge's; with 0 given back, what remains of the charge is free again
     * @param givenBack the charge's units where they are given back because the application did not answer well, else 0;
     *     what is given back of one payment is limited to what was bought and {@link #GIVEN_BACK_BEYOND_BOUGHT} times these
     *     units, and counts as used beyond it
     * @throws LedgerUnavailableException if it cannot be reached; the charge stays pending until its lease ends
     */
    void settle(Charge charge, long cost, long givenBack) throws LedgerUnavailableException;

    /**
     * What was used of a payment and counts, in units; what is pending does not yet. 0 where it is not known.
     *
     * @throws LedgerUnavailableException if it cannot be told
     */
    long used(PaymentHash payment) throws LedgerUnavailableException;

    /**
     * Whether counted plans should not be sold any more, since soon there may be no room to remember them. Payments that
     * were sold are always charged.
     *
     * @throws LedgerUnavailableException if it cannot be told; counted plans are not sold then
     */
    boolean isNearlyFull() throws LedgerUnavailableException;
}
