package org.lsat.protocol;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An invoice's text form (BOLT 11), read and checked in form, checksum and fields; its signature is not verified here,
 * since the JDK has no secp256k1. Immutable.
 */
public final class Bolt11 {

    /** Five-bit words: timestamp, and signature with its recovery id. */
    private static final int TIMESTAMP = 7;

    private static final int SIGNATURE = 104;

    /** Words that 32 and 33 bytes take. */
    private static final int HASH_WORDS = 52;

    private static final int KEY_WORDS = 53;

    /** The types of tagged fields that are read: their letters' places in the bech32 alphabet. */
    private static final int P = 1;

    private static final int FEATURES = 5;
    private static final int X = 6;
    private static final int D = 13;
    private static final int S = 16;
    private static final int N = 19;
    private static final int H = 23;
    private static final int C = 24;

    private static final Duration DEFAULT_EXPIRY = Duration.ofHours(1);
    private static final int DEFAULT_CLTV_EXPIRY_DELTA = 18;

    /** Even (compulsory) feature bits that a payer of today understands (BOLT 9, context 9). */
    private static final int[] KNOWN_FEATURES = {8, 14, 16, 24, 30, 48, 262};

    private static final long MSAT_PER_BTC = 100_000_000_000L;
    private static final long MAX_BTC = 21_000_000;

    /** 21 million bitcoin in tenths of a millisatoshi (multiplier {@code p}) have 20 digits, more than a long holds. */
    private static final int MOST_DIGITS = 20;

    private final String text;
    private final String network;
    private final OptionalLong amountMsat;
    private final Instant timestamp;
    private final Bech32 bech32;

    private @Nullable PaymentHash paymentHash;
    private @Nullable String paymentSecret;
    private @Nullable String description;
    private @Nullable String descriptionHash;
    private @Nullable String payee;
    private @Nullable Duration expiry;
    private int minFinalCltvExpiryDelta = DEFAULT_CLTV_EXPIRY_DELTA;
    private final BitSet features = new BitSet();
    private final BitSet seen = new BitSet();

    private Bolt11(String text, Bech32 bech32, String network, OptionalLong amountMsat) {
        this.text = text;
        this.bech32 = bech32;
        this.network = network;
        this.amountMsat = amountMsat;
        this.timestamp = Instant.ofEpochSecond(bech32.words().number(0, TIMESTAMP));
    }

    /**
     * Reads an invoice of upper or lower case.
     *
     * @throws Bolt11Exception if a reader must refuse it: form, checksum, amount, an unknown compulsory feature, no
     *     payment hash or no payment secret
     */
    public static Bolt11 parse(String text) throws Bolt11Exception {
        Bech32 bech32 = Bech32.decode(text);
        String hrp = bech32.hrp();
        String network = network(hrp);
        if (bech32.words().size() < TIMESTAMP + SIGNATURE) {
            throw new Bolt11Exception("too short");
        }
        Bolt11 invoice = new Bolt11(text, bech32, network, amount(hrp.substring(2 + network.length())));
        invoice.readFields();
        invoice.check();
        return invoice;
    }

    private static String network(String hrp) throws Bolt11Exception {
        for (String network : new String[] {"bcrt", "bc", "tbs", "tb"}) {
            // lntbs is signet, lntb2500u is testnet: what follows the network is a digit or nothing.
            int end = 2 + network.length();
            if (hrp.startsWith("ln")
                    && hrp.startsWith(network, 2)
                    && (hrp.length() == end || isDigit(hrp.charAt(end)))) {
                return network;
            }
        }
        throw new Bolt11Exception("it does not begin with lnbc, lntb, lntbs or lnbcrt");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static OptionalLong amount(String text) throws Bolt11Exception {
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        char last = text.charAt(text.length() - 1);
        String digits = isDigit(last) ? text : text.substring(0, text.length() - 1);
        if (digits.isEmpty()
                || digits.length() > MOST_DIGITS
                || digits.charAt(0) == '0'
                || !digits.chars().allMatch(c -> isDigit((char) c))) {
            throw new Bolt11Exception("the amount is not a number without leading zeros");
        }
        BigInteger number = new BigInteger(digits);
        if (last == 'p') {
            if (number.mod(BigInteger.TEN).signum() != 0) {
                throw new Bolt11Exception("the amount is finer than a millisatoshi");
            }
            return inRange(number.divide(BigInteger.TEN));
        }
        long unit = switch (last) {
            case 'm' -> MSAT_PER_BTC / 1_000;
            case 'u' -> MSAT_PER_BTC / 1_000_000;
            case 'n' -> MSAT_PER_BTC / 1_000_000_000;
            default -> isDigit(last) ? MSAT_PER_BTC : 0;
        };
        if (unit == 0) {
            throw new Bolt11Exception("the amount's multiplier is none of m, u, n, p");
        }
        return inRange(number.multiply(BigInteger.valueOf(unit)));
    }

    private static OptionalLong inRange(BigInteger msat) throws Bolt11Exception {
        if (msat.compareTo(BigInteger.valueOf(MAX_BTC * MSAT_PER_BTC)) > 0) {
            throw new Bolt11Exception("the amount is more than there is");
        }
        return OptionalLong.of(msat.longValueExact());
    }

    private void readFields() throws Bolt11Exception {
        Bech32.Words words = bech32.words();
        int end = words.size() - SIGNATURE;
        for (int at = TIMESTAMP; at < end; ) {
            if (end - at < 3) {
                throw new Bolt11Exception("a field is cut off");
            }
            int type = words.get(at);
            int from = at + 3;
            int to = from + (int) words.number(at + 1, from);
            if (to > end) {
                throw new Bolt11Exception("a field is longer than the invoice");
            }
            readField(type, from, to);
            at = to;
        }
    }

    /**
     * A field of another length than its type has is skipped, as BOLT 11 demands; of several of one type the first counts,
     * as it does for the nodes that pay.
     */
    private void readField(int type, int from, int to) {
        Bech32.Words words = bech32.words();
        int length = to - from;
        boolean fits = switch (type) {
            case P, S, H -> length == HASH_WORDS;
            case N -> length == KEY_WORDS;
            default -> true;
        };
        if (!fits || seen.get(type)) {
            return;
        }
        seen.set(type);
        switch (type) {
            case P -> paymentHash = PaymentHash.at(words.bytes(from, to), 0);
            case S -> paymentSecret = hex(from, to);
            case H -> descriptionHash = hex(from, to);
            case N -> payee = hex(from, to);
            case D -> description = new String(words.bytes(from, to), StandardCharsets.UTF_8);
            case X -> expiry = Duration.ofSeconds(length <= 7 ? words.number(from, to) : Integer.MAX_VALUE);
            case C -> minFinalCltvExpiryDelta = length <= 6 ? (int) words.number(from, to) : Integer.MAX_VALUE;
            case FEATURES -> readFeatures(from, to);
            default -> {
                // r, f, m and types to come: nothing that a paywall decides on.
            }
        }
    }

    private void readFeatures(int from, int to) {
        Bech32.Words words = bech32.words();
        for (int bit = 0; bit < 5 * (to - from); bit++) {
            features.set(bit, (words.get(to - 1 - bit / 5) >> bit % 5 & 1) == 1);
        }
    }

    private String hex(int from, int to) {
        return HexFormat.of().formatHex(bech32.words().bytes(from, to));
    }

    private void check() throws Bolt11Exception {
        if (paymentHash == null) {
            throw new Bolt11Exception("no payment hash (field p)");
        }
        if (paymentSecret == null) {
            throw new Bolt11Exception("no payment secret (field s)");
        }
        BitSet unknown = (BitSet) features.clone();
        for (int known : KNOWN_FEATURES) {
            unknown.clear(known);
        }
        for (int bit = unknown.nextSetBit(0); bit >= 0; bit = unknown.nextSetBit(bit + 1)) {
            if (bit % 2 == 0) {
                throw new Bolt11Exception("it demands the unknown feature " + bit);
            }
        }
    }

    /** The text as it was read. */
    public String text() {
        return text;
    }

    /** {@code bc}, {@code tb}, {@code tbs} or {@code bcrt}. */
    public String network() {
        return network;
    }

    /** Millisatoshi; empty where the payer may choose. */
    public OptionalLong amountMsat() {
        return amountMsat;
    }

    /** When it was issued, in whole seconds. */
    public Instant timestamp() {
        return timestamp;
    }

    /** From when on it must not be paid any more. */
    public Instant expiresAt() {
        return timestamp.plus(expiry());
    }

    /** How long after its {@link #timestamp} it may be paid. */
    public Duration expiry() {
        return expiry == null ? DEFAULT_EXPIRY : expiry;
    }

    /** The hash of the preimage that its payer learns. */
    public PaymentHash paymentHash() {
        if (paymentHash == null) {
            throw new IllegalStateException("checked when it was read");
        }
        return paymentHash;
    }

    /** 64 hex digits that a payer must know; not a secret towards whoever has the invoice. */
    public String paymentSecret() {
        if (paymentSecret == null) {
            throw new IllegalStateException("checked when it was read");
        }
        return paymentSecret;
    }

    /** What it is for, in words. */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /** 64 hex digits: SHA-256 of a longer description. */
    public Optional<String> descriptionHash() {
        return Optional.ofNullable(descriptionHash);
    }

    /** 66 hex digits: the node's key, where field {@code n} states it. */
    public Optional<String> payee() {
        return Optional.ofNullable(payee);
    }

    /** Blocks that the last hop's time lock must leave. */
    public int minFinalCltvExpiryDelta() {
        return minFinalCltvExpiryDelta;
    }

    /** The feature bits that are set (BOLT 9), a copy. */
    public BitSet features() {
        return (BitSet) features.clone();
    }

    /** The 64 bytes r ‖ s of the signature and the recovery id, 65 bytes, a copy. */
    public byte[] signature() {
        Bech32.Words words = bech32.words();
        return words.bytes(words.size() - SIGNATURE, words.size());
    }

    /** What is signed: the prefix and the data without the signature, filled up to whole bytes. */
    public byte[] signedBytes() {
        byte[] prefix = bech32.hrp().getBytes(StandardCharsets.US_ASCII);
        Bech32.Words words = bech32.words();
        byte[] values = new byte[words.size() - SIGNATURE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) words.get(i);
        }
        byte[] data = Bech32.paddedBytes(values);
        byte[] all = new byte[prefix.length + data.length];
        System.arraycopy(prefix, 0, all, 0, prefix.length);
        System.arraycopy(data, 0, all, prefix.length, data.length);
        return all;
    }

    @Override
    public String toString() {
        return text;
    }
}
