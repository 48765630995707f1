package org.lsat;

import org.lsat.ledger.LedgerUnavailableException;

/** Ends the use that opened a request: exactly once, whoever calls and however often. Thread-safe. */
public sealed interface Settlement permits CountedUse, FreeUse, Settlement.OfPass {

    /** Whether an answer of this status is worth its price; whatever is an error costs nothing. */
    static boolean isServed(int status) {
        return status < 400;
    }

    /** The application has answered: what {@link #isServed} counts, anything else gives the use back. */
    void answered(int status) throws LedgerUnavailableException;

    /** The application has not answered at all, or must not: the use is given back. */
    void giveBack() throws LedgerUnavailableException;

    /** Whether there is a use to settle; a pass has none, nor has who is free by a role. */
    boolean isCounted();

    /** What opens a request without using anything up. */
    enum OfPass implements Settlement {
        /** The only one. */
        INSTANCE;

        @Override
        public void answered(int status) {}

        @Override
        public void giveBack() {}

        @Override
        public boolean isCounted() {
            return false;
        }
    }
}
