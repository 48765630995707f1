package org.lsat.protocol;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Macaroons with a third-party caveat, which this project reads and never writes. */
final class ThirdParty {

    private static final int TRAILER = 35;

    private ThirdParty() {}

    /** Location, identifier and vid; the signature is the old one. */
    static Macaroon addedTo(Macaroon macaroon) {
        byte[] bytes = macaroon.bytes();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Arrays.copyOf(bytes, bytes.length - TRAILER));
        out.writeBytes(new byte[] {1, 1, 'x', 2, 1, 'y', 4, 2, 7, 7, 0});
        out.writeBytes(Arrays.copyOfRange(bytes, bytes.length - TRAILER, bytes.length));
        return Tokens.decode(out.toByteArray());
    }
}
