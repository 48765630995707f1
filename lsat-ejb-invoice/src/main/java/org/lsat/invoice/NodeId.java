package org.lsat.invoice;

import java.util.HexFormat;
import org.bouncycastle.math.ec.ECPoint;

/**
 * A Lightning node's public key.
 *
 * @param hex 66 lower-case hex digits: the compressed point (SEC 1, section 2.3.3)
 */
public record NodeId(String hex) {

    static NodeId of(ECPoint point) {
        return new NodeId(HexFormat.of().formatHex(point.getEncoded(true)));
    }

    @Override
    public String toString() {
        return hex;
    }
}
