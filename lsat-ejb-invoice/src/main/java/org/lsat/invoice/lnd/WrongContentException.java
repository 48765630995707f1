package org.lsat.invoice.lnd;

import java.io.IOException;

/** A file was read and is not what it should be. The message says so without a word of what is in it. */
final class WrongContentException extends IOException {

    private static final long serialVersionUID = 1L;

    WrongContentException(String message) {
        super(message);
    }
}
