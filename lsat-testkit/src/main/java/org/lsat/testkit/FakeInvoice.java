package org.lsat.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.lsat.protocol.Bech32;
import org.lsat.protocol.PaymentHash;

/**
 * The text of an invoice (BOLT 11) with the fields p, s, d and x, a right checksum, and 65 zero bytes where the
 * signature belongs: whoever reads invoices without verifying them takes it, a Lightning node does not.
 *
 * @param network {@code bc}, {@code tb}, {@code tbs} or {@code bcrt}
 * @param amountMsat 0 for an invoice whose payer chooses
 * @param expiry whole seconds
 */
public record FakeInvoice(
        String network,
        long amountMsat,
        PaymentHash paymentHash,
        Instant timestamp,
        Duration expiry,
        String description) {

    private static final int SIGNATURE_WORDS = 104;
    private static final int TIMESTAMP_WORDS = 7;
    private static final int MOST_WORDS = 1023;

    /** Words of 32 bits and more, for a number that a field holds. */
    private static final int NUMBER_WORDS = 7;

    /** Millisatoshi in the unit {@code n}; finer amounts are written in {@code p}, tenths of a millisatoshi. */
    private static final int MSAT_PER_NANO = 100;

    private static final int PICO_PER_MSAT = 10;

    /** The text, lower case. */
    public String bolt11() {
        return bolt11WithFields(0);
    }

    /** The same with so many fields of a type that nobody knows, of a thousand characters each. */
    String bolt11WithFields(int more) {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        number(words, timestamp.getEpochSecond(), TIMESTAMP_WORDS);
        field(words, 'p', Bech32.words(paymentHash.bytes()));
        field(words, 's', Bech32.words(paymentHash.bytes()));
        field(words, 'd', Bech32.words(description.getBytes(StandardCharsets.UTF_8)));
        ByteArrayOutputStream seconds = new ByteArrayOutputStream();
        number(seconds, expiry.toSeconds(), NUMBER_WORDS);
        field(words, 'x', seconds.toByteArray());
        for (int i = 0; i < more; i++) {
            field(words, 'z', new byte[MOST_WORDS]);
        }
        words.writeBytes(new byte[SIGNATURE_WORDS]);
        return new Bech32("ln" + network + amount(), new Bech32.Words(words.toByteArray())).encode();
    }

    private String amount() {
        if (amountMsat == 0) {
            return "";
        }
        return amountMsat % MSAT_PER_NANO == 0 ? amountMsat / MSAT_PER_NANO + "n" : amountMsat * PICO_PER_MSAT + "p";
    }

    /** A field's type is the bech32 letter's value: BOLT 11 names them so. */
    private static void field(ByteArrayOutputStream words, char type, byte[] data) {
        words.write("qpzry9x8gf2tvdw0s3jn54khce6mua7l".indexOf(type));
        number(words, data.length, 2);
        words.writeBytes(data);
    }

    private static void number(ByteArrayOutputStream words, long value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            words.write((int) (value >>> (5 * i)) & 31);
        }
    }
}
