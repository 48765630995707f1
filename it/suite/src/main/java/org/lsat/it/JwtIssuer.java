package org.lsat.it;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Logs users in by JSON web tokens that have what MicroProfile JWT asks for: RS256, a name in {@code upn}, {@code groups}. */
final class JwtIssuer {

    static final String NAME = "https://login.example";

    private final KeyPair keys = newKeys();

    /** In PEM, for {@code mp.jwt.verify.publickey} in a file of properties. */
    String publicKey() {
        return "-----BEGIN PUBLIC KEY-----\\n"
                + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded())
                + "\\n-----END PUBLIC KEY-----";
    }

    /**
     * The header field of a user who is in one group.
     *
     * @param validFor negative for a login that ended
     */
    String login(String user, String group, Duration validFor) {
        long end = Instant.now().plus(validFor).getEpochSecond();
        String signed = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}")
                + '.'
                + base64("""
                {"iss":"%s","jti":"%s-%d","sub":"%2$s","upn":"%2$s","groups":["%4$s"],"iat":%5$d,"exp":%3$d}
                """.formatted(NAME, user, end, group, end - 3600).strip());
        return "Authorization: Bearer " + signed + '.' + base64(signature(signed));
    }

    private byte[] signature(String signed) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
