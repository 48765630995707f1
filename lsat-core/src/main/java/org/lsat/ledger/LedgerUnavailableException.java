package org.lsat.ledger;

import org.jspecify.annotations.Nullable;

/** The ledger cannot be asked now; whoever holds a counted token is told to come back (503), never let in for free. */
public final class LedgerUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    /** {@code message} is for the log. */
    public LedgerUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
