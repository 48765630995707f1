package org.lsat.benchmarks;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The constant keys of a realm, derived with {@link Mac}: a second opinion, since nothing of the core is used. */
record FloorKeys(FloorHmac.Key realm, FloorHmac.Key generator, byte keyId) {

    static FloorKeys derive(String realm, String network, String secret) {
        ByteArrayOutputStream label = new ByteArrayOutputStream();
        label.writeBytes(ascii("lsat/root-key/v1"));
        for (String name : new String[] {realm, network}) {
            label.write(name.length() >> 8);
            label.write(name.length());
            label.writeBytes(ascii(name));
        }
        byte[] realmKey = hmac(ascii(secret), label.toByteArray());
        return new FloorKeys(
                FloorHmac.Key.of(realmKey),
                FloorHmac.Key.of(ascii("macaroons-key-generator")),
                hmac(realmKey, ascii("lsat/key-id/v1"))[0]);
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
