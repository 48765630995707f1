package org.lsat.benchmarks;

import java.util.List;
import java.util.Random;
import org.lsat.protocol.Caveat;
import org.lsat.protocol.Macaroon;
import org.lsat.protocol.Preimage;
import org.lsat.protocol.RootKeys;
import org.lsat.protocol.Secret;

/** The token that all contenders are measured with: a pass for {@link #PRODUCT}, narrowed by its holder to GET. */
final class Sample {

    static final String REALM = "shop";
    static final String NETWORK = "bc";
    static final String SECRET = "benchmarks-only-benchmarks-only-benchmarks-only-";
    static final String PRODUCT = "reports";
    static final String METHOD = "GET";
    static final long NOW = 1_800_000_000L;
    static final long UNTIL = NOW + 86_400;

    static final RootKeys KEYS = RootKeys.derive(REALM, NETWORK, Secret.of(SECRET), List.of());
    static final Preimage PREIMAGE = Preimage.of(bytes(1));
    static final RootKeys.Purchase PASS = new RootKeys.Purchase(PRODUCT, 0, 10_000);

    private Sample() {}

    static String header() {
        return header(PASS, UNTIL);
    }

    static String header(RootKeys.Purchase purchase, long until) {
        Macaroon macaroon = KEYS.mint(PREIMAGE.hash(), purchase, until, new Random(2))
                .narrow(new Caveat(PRODUCT + Caveat.CAPABILITIES, METHOD));
        return header(macaroon);
    }

    static String header(Macaroon macaroon) {
        return "L402 " + macaroon.base64() + ':' + PREIMAGE.revealHex();
    }

    /** Genuine but for the last hex digit of its preimage. */
    static String wrongPreimage() {
        String header = header();
        char last = header.charAt(header.length() - 1);
        return header.substring(0, header.length() - 1) + (last == '0' ? '1' : '0');
    }

    private static byte[] bytes(long seed) {
        byte[] bytes = new byte[Preimage.LENGTH];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
