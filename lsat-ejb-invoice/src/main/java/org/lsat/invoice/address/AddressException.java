package org.lsat.invoice.address;

import java.io.IOException;
import java.time.Duration;
import org.lsat.InvoiceException;
import org.lsat.invoice.node.NodeCalls;

/** A provider did not do what it was asked. The message is for the log: it names cause and cure, without a secret. */
final class AddressException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LATER = Duration.ofMinutes(1);

    private final Duration retryAfter;
    private final boolean isOfTheProvider;

    private AddressException(String message, Duration retryAfter, boolean isOfTheProvider) {
        super(message);
        this.retryAfter = retryAfter;
        this.isOfTheProvider = isOfTheProvider;
    }

    /** What may be over in a moment. */
    static AddressException passing(String message) {
        return new AddressException(message, SOON, true);
    }

    /** What lasts until somebody changes something. */
    static AddressException lasting(String message) {
        return new AddressException(message, LATER, true);
    }

    /** What is wrong with one request, and would not be with another. */
    static AddressException ofTheRequest(String message) {
        return new AddressException(message, LATER, false);
    }

    /** What was refused, and may not be in a moment; another request may fare better at once. */
    static AddressException refused(String message) {
        return new AddressException(message, SOON, false);
    }

    NodeCalls.Failure failure() {
        return new NodeCalls.Failure(new InvoiceException(String.valueOf(getMessage()), retryAfter), isOfTheProvider);
    }
}
