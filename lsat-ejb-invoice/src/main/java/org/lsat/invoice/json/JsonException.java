package org.lsat.invoice.json;

/** A text is not the JSON that was expected; the message says why and repeats nothing of it. */
public final class JsonException extends Exception {

    private static final long serialVersionUID = 1L;

    /** {@code message}: why not. */
    public JsonException(String message) {
        super(message);
    }
}
