package org.lsat;

import java.time.Duration;

/** A node gave no invoice. The message is for the log: it names the cause and the cure, and holds no secret. */
public final class InvoiceException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /** {@code retryAfter}: when a client may sensibly come back, in whole seconds, at least one. */
    public InvoiceException(String message, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** As above, without a cause. */
    public InvoiceException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** When a client may sensibly come back. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
