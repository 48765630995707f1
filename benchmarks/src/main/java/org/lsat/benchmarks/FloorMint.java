package org.lsat.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;

/** From a payment hash to both values of {@code WWW-Authenticate}, the macaroon written once into the array it stays in. */
final class FloorMint {

    private static final int IDENTIFIER_FROM = 9;
    private static final int IDENTIFIER = 66;
    private static final int TOKEN_ID_FROM = IDENTIFIER_FROM + 34;

    private final FloorKeys keys;
    private final byte[] services;
    private final byte[] validUntil;

    FloorMint(FloorKeys keys, String product) {
        this.keys = keys;
        this.services = ascii("services=" + product + ":0");
        this.validUntil = ascii(product + "_valid_until=");
    }

    /** A pass: names and times of fewer than 128 bytes in all, any number of uses. */
    List<String> mint(byte[] paymentHash, long amountMsat, long until, String invoice, RandomGenerator random) {
        byte[] end = ascii(Long.toString(until));
        int servicesFrom = IDENTIFIER_FROM + IDENTIFIER + 3;
        int untilFrom = servicesFrom + services.length + 3;
        int untilTo = untilFrom + validUntil.length + end.length;
        byte[] noise = new byte[18];
        random.nextBytes(noise);
        byte[] v2 = new byte[untilTo + 4 + 32];
        ByteBuffer.wrap(v2)
                .put(new byte[] {2, 1, 4, 'l', 's', 'a', 't', 2, IDENTIFIER, 0, 0})
                .put(paymentHash)
                .put((byte) 1)
                .put(keys.keyId())
                .putInt(0)
                .putLong(amountMsat)
                .put(noise)
                .put((byte) 0)
                .put((byte) 2)
                .put((byte) services.length)
                .put(services)
                .put((byte) 0)
                .put((byte) 2)
                .put((byte) (untilTo - untilFrom))
                .put(validUntil)
                .put(end)
                .put(new byte[] {0, 0, 6, 32});
        FloorHmac hmac = new FloorHmac();
        byte[] key = new byte[32];
        hmac.mac(keys.realm(), v2, TOKEN_ID_FROM, 32, key);
        hmac.mac(keys.generator(), key, 0, 32, key);
        hmac.mac(key, v2, IDENTIFIER_FROM, IDENTIFIER, key);
        hmac.mac(key, v2, servicesFrom, services.length, key);
        hmac.mac(key, v2, untilFrom, untilTo - untilFrom, key);
        System.arraycopy(key, 0, v2, untilTo + 4, 32);
        String macaroon = Base64.getEncoder().encodeToString(v2);
        String pair = " macaroon=\"" + macaroon + "\", invoice=\"" + invoice + '"';
        return List.of("LSAT" + pair, "L402" + pair + ", version=\"0\", token=\"" + macaroon + '"');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
