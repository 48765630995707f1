package org.lsat.protocol;

import java.nio.charset.StandardCharsets;

/** The constant with which every implementation turns a root key into the first key of the chain. */
final class MacaroonKey {

    static final HmacSha256.Key GENERATOR =
            new HmacSha256.Key("macaroons-key-generator".getBytes(StandardCharsets.US_ASCII));

    private MacaroonKey() {}
}
