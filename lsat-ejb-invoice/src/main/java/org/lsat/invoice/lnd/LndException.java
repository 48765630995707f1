package org.lsat.invoice.lnd;

import java.io.IOException;

/** LND did not do what it was asked. */
public final class LndException extends IOException {

    private static final long serialVersionUID = 1L;

    private final LndFault fault;

    /** {@code words}: the node's own, or what the connection ended with; for the log. */
    public LndException(LndFault fault, String words) {
        super(words);
        this.fault = fault;
    }

    /** Why. */
    public LndFault fault() {
        return fault;
    }
}
