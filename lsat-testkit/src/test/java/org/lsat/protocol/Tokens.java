package org.lsat.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Tokens for tests: a key, a payment, and what is made of them. */
public final class Tokens {

    public static final String REALM = "weather";
    public static final String NETWORK = "bcrt";
    public static final String PRODUCT = "forecast";
    public static final long END = 1_893_456_000;
    public static final Preimage PREIMAGE =
            Preimage.of("a preimage has thirty-two bytes.".getBytes(StandardCharsets.US_ASCII));

    private Tokens() {}

    public static Secret secret(int number) {
        return Secret.of("secret number " + number + " of the tests, long enough");
    }

    /** The keys of a present and any number of previous secrets. */
    public static RootKeys keys(int present, int... previous) {
        List<Secret> old =
                java.util.Arrays.stream(previous).mapToObj(Tokens::secret).toList();
        return RootKeys.derive(REALM, NETWORK, secret(present), old);
    }

    public static Macaroon pass() {
        return mint(keys(1), 0);
    }

    public static Macaroon bundle(long uses) {
        return mint(keys(1), uses);
    }

    public static Macaroon mint(RootKeys keys, long uses) {
        return mint(keys, uses, PREIMAGE);
    }

    public static Macaroon mint(RootKeys keys, long uses, Preimage preimage) {
        return keys.mint(preimage.hash(), new RootKeys.Purchase(PRODUCT, uses, 10_000), END, new Random(uses));
    }

    public static Preimage preimage(int number) {
        byte[] bytes = new byte[Preimage.LENGTH];
        new Random(number).nextBytes(bytes);
        return Preimage.of(bytes);
    }

    /** The macaroon with further caveats, each {@code condition=value}. */
    public static Macaroon narrowed(Macaroon macaroon, String... caveats) {
        Macaroon narrowed = macaroon;
        for (String caveat : caveats) {
            narrowed = narrowed.narrow(Caveat.parse(caveat));
        }
        return narrowed;
    }

    public static Credential paid(Macaroon macaroon) {
        return new Credential(macaroon, PREIMAGE);
    }

    /** What {@code macaroon}, paid, is worth for {@link #PRODUCT}. */
    public static Terms terms(Macaroon macaroon) {
        return Terms.of(paid(macaroon), PRODUCT);
    }

    public static String l402(Macaroon macaroon) {
        return "L402 " + macaroon.base64() + ":" + PREIMAGE.revealHex();
    }

    public static Macaroon decode(byte[] bytes) {
        Macaroon macaroon = MacaroonCodec.decode(bytes);
        if (macaroon == null) {
            throw new AssertionError(
                    "not a macaroon: " + java.util.HexFormat.of().formatHex(bytes));
        }
        return macaroon;
    }

    public static Macaroon decode(String base64) {
        return decode(Base64.getDecoder().decode(base64));
    }
}
