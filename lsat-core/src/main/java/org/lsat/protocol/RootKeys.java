package org.lsat.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The keys of all tokens of one application, derived and never stored: {@code realmKey = HMAC(secret, "lsat/root-key/v1"
 * ‖ realm ‖ network)} once at start, {@code rootKey = HMAC(realmKey, token id)} for each token. Applications that share a
 * secret do not open each other's doors, and play money does not open production. Immutable, thread-safe.
 */
public final class RootKeys {

    private static final String REALM_KEY = "lsat/root-key/v1";
    private static final byte[] KEY_ID = "lsat/key-id/v1".getBytes(StandardCharsets.US_ASCII);

    /** Not signed; the name that other implementations write, too. */
    private static final String LOCATION = "lsat";

    private final RealmKey minting;
    private final RealmKey[] all;

    /** A key of all tokens of a realm, and the byte by which a token names it. */
    private record RealmKey(HmacSha256.Key key, byte id) {}

    private RootKeys(RealmKey[] all) {
        this.minting = all[0];
        this.all = all;
    }

    /**
     * Derives the keys.
     *
     * @param realm ASCII, the application's name
     * @param network {@code bc}, {@code tb}, {@code tbs}, {@code bcrt}, or {@code dev}
     * @param previous secrets that still verify and never mint
     */
    public static RootKeys derive(String realm, String network, Secret secret, List<Secret> previous) {
        List<RealmKey> keys = new ArrayList<>();
        keys.add(realmKey(realm, network, secret));
        previous.forEach(old -> keys.add(realmKey(realm, network, old)));
        return new RootKeys(keys.toArray(RealmKey[]::new));
    }

    private static RealmKey realmKey(String realm, String network, Secret secret) {
        byte[] bytes = realmKeyBytes(realm, network, secret);
        HmacSha256.Key key = new HmacSha256.Key(bytes);
        byte[] id = new byte[HmacSha256.LENGTH];
        new HmacSha256().mac(key, KEY_ID, 0, KEY_ID.length, id);
        return new RealmKey(key, id[0]);
    }

    static byte[] realmKeyBytes(String realm, String network, Secret secret) {
        ByteBuffer label = ByteBuffer.allocate(REALM_KEY.length() + 4 + realm.length() + network.length());
        label.put(REALM_KEY.getBytes(StandardCharsets.US_ASCII));
        label.putShort((short) realm.length()).put(realm.getBytes(StandardCharsets.US_ASCII));
        label.putShort((short) network.length()).put(network.getBytes(StandardCharsets.US_ASCII));
        byte[] out = new byte[HmacSha256.LENGTH];
        new HmacSha256().mac(new HmacSha256.Key(secret.bytes()), label.array(), 0, label.capacity(), out);
        return out;
    }

    /**
     * Signs a token over an invoice.
     *
     * @param purchase what it buys, at most 2³²−1 uses, and not both uses and a deposit
     * @param validUntil unix seconds
     */
    public Macaroon mint(PaymentHash paymentHash, Purchase purchase, long validUntil, RandomGenerator random) {
        TokenId tokenId = TokenId.mint(minting.id, purchase, random);
        byte[] rootKey = new byte[TokenId.LENGTH];
        tokenId.writeTo(rootKey, 0);
        new HmacSha256().mac(minting.key, rootKey, 0, TokenId.LENGTH, rootKey);
        byte[] identifier = Identifier.of(paymentHash, tokenId).bytes();
        String product = purchase.product();
        return Macaroon.mint(
                rootKey,
                LOCATION,
                identifier,
                List.of(
                        new Caveat(Caveat.SERVICES, product + ":0"),
                        new Caveat(product + Caveat.VALID_UNTIL, Long.toString(validUntil))));
    }

    /**
     * What a token is minted for.
     *
     * @param product the rule or plan, by name
     * @param uses how many requests that buys; 0 for any number, or for a balance
     * @param depositMsat what requests draw from; 0 where it is no balance
     * @param amountMsat its price; 0 where it is complimentary
     * @param complimentary whether it is given and not sold
     */
    public record Purchase(String product, long uses, long depositMsat, long amountMsat, boolean complimentary) {

        /** One by uses or by time. */
        public Purchase(String product, long uses, long amountMsat) {
            this(product, uses, 0, amountMsat, false);
        }
    }

    /**
     * Whether {@code credential} is a token of ours, paid: its preimage hashes to the payment hash in its identifier (the
     * cheap check, first), and one of our keys signed it. Which of the two failed is not told. Caveats are not looked at;
     * see {@link Terms}.
     */
    public boolean isGenuine(Credential credential) {
        Macaroon macaroon = credential.macaroon();
        if (!Identifier.isL402(macaroon)) {
            return false;
        }
        Identifier identifier = Identifier.at(macaroon);
        HmacSha256 worker = new HmacSha256();
        byte[] scratch = new byte[HmacSha256.LENGTH];
        TokenId tokenId = identifier.tokenId();
        if (!identifier.isPaidWith(credential.preimage(), worker, scratch) || !tokenId.isKnownFormat()) {
            return false;
        }
        for (RealmKey candidate : all) {
            // Two secrets may share a key id, one time in 256: each is tried.
            if (candidate.id == tokenId.keyId() && isSigned(macaroon, candidate, worker, scratch)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSigned(Macaroon macaroon, RealmKey realmKey, HmacSha256 worker, byte[] scratch) {
        int tokenIdFrom = macaroon.identifierFrom() + Identifier.LENGTH - TokenId.LENGTH;
        worker.mac(realmKey.key, macaroon.v2(), tokenIdFrom, TokenId.LENGTH, scratch);
        worker.mac(MacaroonKey.GENERATOR, scratch, 0, HmacSha256.LENGTH, scratch);
        return macaroon.chainEndsHere(worker, scratch);
    }
}
