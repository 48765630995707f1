package org.lsat;

/**
 * What a request draws from a prepaid balance. The price of the request is reserved before the application runs; the
 * application may state what it cost in the end, which is never more. Thread-safe.
 */
public final class Balance {

    private final long reservedMsat;
    private final long leftMsat;
    private volatile long costMsat;

    Balance(long reservedMsat, long leftMsat) {
        this.reservedMsat = reservedMsat;
        this.leftMsat = leftMsat;
        this.costMsat = reservedMsat;
    }

    /** What this request costs at most, in millisatoshi: its price. */
    public long reservedMsat() {
        return reservedMsat;
    }

    /** What is left of the balance beside what is reserved for this request and others, in millisatoshi. */
    public long leftMsat() {
        return leftMsat;
    }

    /** What this request costs if it is answered well, in millisatoshi. */
    public long costMsat() {
        return costMsat;
    }

    /**
     * States what the request costs in the end; what was reserved beyond it stays in the balance. Heard until the request
     * is answered, or has taken longer than half of {@code lsat.ledger.lease}, when what was stated until then is drawn; of
     * several the last counts. A request that is not answered well (status 400 or above) costs nothing, whatever is stated.
     *
     * @param msat 0 to {@link #reservedMsat}
     * @throws IllegalArgumentException if it is more, or negative
     */
    public void cost(long msat) {
        if (msat < 0 || msat > reservedMsat) {
            throw new IllegalArgumentException(
                    "a cost of " + msat + " msat: allowed are 0 to " + reservedMsat + ", which is reserved");
        }
        costMsat = msat;
    }

    @Override
    public String toString() {
        return costMsat + " of " + reservedMsat + " msat, " + leftMsat + " msat left";
    }
}
