package org.lsat.testkit;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.lsat.PaidToken;
import org.lsat.protocol.Preimage;
import org.lsat.protocol.RootKeys;
import org.lsat.protocol.Secret;

/**
 * Mints paid tokens without a payment, for a test of an application whose {@code lsat.realm} and {@code lsat.secret} it
 * knows: nobody is asked, and nothing has to run.
 *
 * <pre>{@code
 * TestTokens tokens = TestTokens.of("weather", "a secret of thirty-two bytes or more");
 * request.header("Authorization", tokens.mint("forecast").authorization());
 * }</pre>
 *
 * <p>Immutable, thread-safe.
 *
 * @param network as {@code lsat.network} says, or {@code dev}, which the dev wallet's tokens are for
 * @param uses how many requests a token opens; 0 for any number
 * @param amountMsat what was paid for it, for prices by code
 * @param validFor from when it is minted
 */
public record TestTokens(String realm, String secret, String network, long uses, long amountMsat, Duration validFor) {

    private static final Map<String, String> KEYS =
            Map.of("dev", "dev", "mainnet", "bc", "testnet", "tb", "signet", "tbs", "regtest", "bcrt");

    /** Checks the network. */
    public TestTokens {
        if (!KEYS.containsKey(network)) {
            throw new IllegalArgumentException("network " + network + ": allowed are "
                    + KEYS.keySet().stream().sorted().toList());
        }
    }

    /** Tokens of the dev wallet that open any number of requests for an hour. */
    public static TestTokens of(String realm, String secret) {
        return new TestTokens(realm, secret, "dev", 0, 1_000_000_000, Duration.ofHours(1));
    }

    /** The same for another {@code lsat.network}. */
    public TestTokens network(String name) {
        return new TestTokens(realm, secret, name, uses, amountMsat, validFor);
    }

    /** The same for so many requests each; 0 for any number. */
    public TestTokens uses(long number) {
        return new TestTokens(realm, secret, network, number, amountMsat, validFor);
    }

    /** The same, bought for so much. */
    public TestTokens amountMsat(long msat) {
        return new TestTokens(realm, secret, network, uses, msat, validFor);
    }

    /** The same, good for so long; a negative time makes tokens that have expired. */
    public TestTokens validFor(Duration time) {
        return new TestTokens(realm, secret, network, uses, amountMsat, time);
    }

    /** A new token, paid, for the rule of this name. */
    public PaidToken mint(String rule) {
        SecureRandom random = new SecureRandom();
        byte[] bytes = new byte[Preimage.LENGTH];
        random.nextBytes(bytes);
        Preimage preimage = Preimage.of(bytes);
        long validUntil = InstantSource.system().instant().plus(validFor).getEpochSecond();
        RootKeys keys = RootKeys.derive(realm, KEYS.getOrDefault(network, network), Secret.of(secret), List.of());
        return new PaidToken(
                keys.mint(preimage.hash(), new RootKeys.Purchase(rule, uses, amountMsat), validUntil, random)
                        .base64(),
                preimage.revealHex());
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "TestTokens[" + realm + ", " + network + "]";
    }
}
