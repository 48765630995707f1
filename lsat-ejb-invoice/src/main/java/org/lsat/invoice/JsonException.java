package org.lsat.invoice;

/** A text is not the JSON that was expected; the message says why and repeats nothing of it. */
final class JsonException extends Exception {

    private static final long serialVersionUID = 1L;

    JsonException(String message) {
        super(message);
    }
}
