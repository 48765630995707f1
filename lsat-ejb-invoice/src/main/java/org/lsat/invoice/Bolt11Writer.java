package org.lsat.invoice;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.lsat.protocol.Bech32;

/**
 * Writes and signs invoices (BOLT 11). Field order is that of the specification's examples, s p d|h x c n 9, and numbers
 * are in their shortest form, so that the examples come out byte for byte.
 */
final class Bolt11Writer {

    /** Five-bit words of the timestamp. */
    private static final int TIMESTAMP_WORDS = 7;

    private static final long MSAT_PER_BTC = 100_000_000_000L;

    /** Bits 8 (var_onion_optin) and 14 (payment_secret), compulsory: three words, most significant first. */
    private static final byte[] FEATURES = {1 << 4, 1 << 3, 0};

    private final ByteArrayOutputStream words = new ByteArrayOutputStream();

    private Bolt11Writer() {}

    /** The invoice's text, lower case. */
    static String write(Bolt11Draft draft, SigningKey key) {
        String prefix = "ln" + draft.network() + amount(draft.amountMsat());
        Bolt11Writer writer = new Bolt11Writer();
        writer.number(draft.timestamp().getEpochSecond(), TIMESTAMP_WORDS);
        writer.fields(draft, key.nodeId());
        RecoverableSignature signature = key.sign(signedBytes(prefix, writer.words.toByteArray()));
        writer.words.writeBytes(Bech32.words(signature.bytes()));
        return new Bech32(prefix, new Bech32.Words(writer.words.toByteArray())).encode();
    }

    /** The shortest text: the largest unit that divides the amount. */
    static String amount(long msat) {
        if (msat == 0) {
            return "";
        }
        if (msat % MSAT_PER_BTC == 0) {
            return Long.toString(msat / MSAT_PER_BTC);
        }
        if (msat % (MSAT_PER_BTC / 1_000) == 0) {
            return msat / (MSAT_PER_BTC / 1_000) + "m";
        }
        if (msat % (MSAT_PER_BTC / 1_000_000) == 0) {
            return msat / (MSAT_PER_BTC / 1_000_000) + "u";
        }
        if (msat % (MSAT_PER_BTC / 1_000_000_000) == 0) {
            return msat / (MSAT_PER_BTC / 1_000_000_000) + "n";
        }
        // Ten pico-bitcoin a millisatoshi; put on as text, since ten times all the bitcoin overflow a long.
        return msat + "0p";
    }

    private void fields(Bolt11Draft draft, NodeId payee) {
        bytes('s', HexFormat.of().parseHex(draft.paymentSecret()));
        bytes('p', draft.paymentHash().bytes());
        if (draft.description() instanceof Bolt11Draft.Text text) {
            bytes('d', text.text().getBytes(StandardCharsets.UTF_8));
        } else if (draft.description() instanceof Bolt11Draft.Hash hash) {
            bytes('h', HexFormat.of().parseHex(hash.hex()));
        }
        if (draft.expiry() != null) {
            shortestNumber('x', draft.expiry().toSeconds());
        }
        if (draft.minFinalCltvExpiryDelta() > 0) {
            shortestNumber('c', draft.minFinalCltvExpiryDelta());
        }
        if (draft.statesPayee()) {
            bytes('n', HexFormat.of().parseHex(payee.hex()));
        }
        head('9', FEATURES.length);
        words.writeBytes(FEATURES);
    }

    private void bytes(char type, byte[] value) {
        byte[] asWords = Bech32.words(value);
        head(type, asWords.length);
        words.writeBytes(asWords);
    }

    private void shortestNumber(char type, long value) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(value);
        int length = Math.max(1, (bits + 4) / 5);
        head(type, length);
        number(value, length);
    }

    private void head(char type, int length) {
        words.write(
                switch (type) {
                    case 'p' -> 1;
                    case '9' -> 5;
                    case 'x' -> 6;
                    case 'd' -> 13;
                    case 's' -> 16;
                    case 'n' -> 19;
                    case 'h' -> 23;
                    case 'c' -> 24;
                    default -> throw new IllegalArgumentException("no field: " + type);
                });
        number(length, 2);
    }

    private void number(long value, int length) {
        for (int i = length - 1; i >= 0; i--) {
            words.write((int) (value >> (5 * i)) & 31);
        }
    }

    /** Prefix and data, filled up to whole bytes. */
    private static byte[] signedBytes(String prefix, byte[] words) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(prefix.getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(Bech32.paddedBytes(words));
        return all.toByteArray();
    }
}
