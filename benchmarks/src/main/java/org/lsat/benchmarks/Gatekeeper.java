package org.lsat.benchmarks;

import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.lsat.protocol.Caveat;
import org.lsat.protocol.Macaroon;
import org.lsat.protocol.RootKeys;

/**
 * What is measured under the name of verifying must verify: whether a header's value opens {@link Sample#PRODUCT} for
 * {@link Sample#METHOD} at {@link Sample#NOW}.
 */
interface Gatekeeper {

    boolean opens(String header);

    /**
     * Tries good and bad credentials.
     *
     * @throws IllegalStateException if a bad one opens, or a good one does not
     */
    static void check(Gatekeeper keeper) {
        String good = Sample.header();
        require(keeper, good, true, "the sample");
        require(keeper, "lsat" + good.substring(4).replace('+', '-').replace('/', '_'), true, "the URL alphabet");
        require(keeper, Sample.wrongPreimage(), false, "a wrong preimage");
        require(keeper, Sample.header(Sample.PASS, Sample.NOW), false, "an expired token");
        require(keeper, Sample.header(new RootKeys.Purchase("images", 0, 1), Sample.UNTIL), false, "another product");
        Macaroon macaroon = Sample.KEYS.mint(Sample.PREIMAGE.hash(), Sample.PASS, Sample.UNTIL, new Random(3));
        for (String caveat : List.of(
                "reports_capabilities=POST",
                "reports_valid_until=" + (Sample.UNTIL + 1),
                "reports_valid_until=" + (Sample.NOW - 1),
                "reports_colour=red",
                "services=images:0")) {
            require(keeper, Sample.header(macaroon.narrow(Caveat.parse(caveat))), false, caveat);
        }
        require(keeper, Sample.header(macaroon.narrow(Caveat.parse("colour=red"))), true, "a caveat of others");
        byte[] bytes =
                macaroon.narrow(Caveat.parse("reports_capabilities=GET,POST")).bytes();
        int locationEnd = 3 + "lsat".length();
        for (int i = locationEnd; i < bytes.length; i++) {
            bytes[i] ^= 1;
            String tampered = "L402 " + Base64.getEncoder().encodeToString(bytes) + ':' + Sample.PREIMAGE.revealHex();
            require(keeper, tampered, false, "a token with a bit changed in byte " + i);
            bytes[i] ^= 1;
        }
    }

    private static void require(Gatekeeper keeper, String header, boolean opens, String what) {
        if (keeper.opens(header) != opens) {
            throw new IllegalStateException("not measured, since it " + (opens ? "refuses " : "accepts ") + what);
        }
    }
}
