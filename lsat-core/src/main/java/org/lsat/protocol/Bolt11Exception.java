package org.lsat.protocol;

/** A text is not a BOLT 11 invoice; the message says which rule it breaks. */
public final class Bolt11Exception extends Exception {

    private static final long serialVersionUID = 1L;

    /** {@code message} goes behind "not a BOLT 11 invoice: ". */
    public Bolt11Exception(String message) {
        super("not a BOLT 11 invoice: " + message);
    }
}
