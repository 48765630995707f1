package org.lsat.invoice;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.lsat.protocol.PaymentHash;

/**
 * An invoice before it is signed (BOLT 11).
 *
 * @param network {@code bc}, {@code tb}, {@code tbs} or {@code bcrt}
 * @param amountMsat millisatoshi, at most 21 million bitcoin; 0 where the payer may choose
 * @param timestamp when it is issued, in whole seconds
 * @param paymentSecret 64 hex digits
 * @param expiry how long it may be paid, in whole seconds; {@code null} leaves the field out, which means an hour
 * @param minFinalCltvExpiryDelta blocks that the last hop's time lock must leave; 0 leaves the field out, which means 18
 * @param statesPayee whether field {@code n} names the key that the signature gives away in any case
 */
record Bolt11Draft(
        String network,
        long amountMsat,
        Instant timestamp,
        PaymentHash paymentHash,
        String paymentSecret,
        Description description,
        @Nullable Duration expiry,
        int minFinalCltvExpiryDelta,
        boolean statesPayee) {

    private static final long MAX_MSAT = 21_000_000L * 100_000_000_000L;

    /** Refuses what the format cannot hold. */
    Bolt11Draft {
        if (amountMsat < 0 || amountMsat > MAX_MSAT) {
            throw new IllegalArgumentException("not an amount of millisatoshi: " + amountMsat);
        }
        if (timestamp.getEpochSecond() < 0 || timestamp.getEpochSecond() >> 35 != 0) {
            throw new IllegalArgumentException("a timestamp has 35 bits: " + timestamp);
        }
        if ((expiry != null && expiry.isNegative()) || minFinalCltvExpiryDelta < 0) {
            throw new IllegalArgumentException("neither the expiry nor the delta can be negative");
        }
    }

    /** What is paid for. */
    sealed interface Description {}

    /** In words, at most 639 bytes of UTF-8 (field {@code d}). */
    record Text(String text) implements Description {

        private static final int MAX_BYTES = 639;

        Text {
            int length = text.getBytes(StandardCharsets.UTF_8).length;
            if (length > MAX_BYTES) {
                throw new IllegalArgumentException("a description is at most 639 bytes of UTF-8, not " + length);
            }
        }
    }

    /** By the SHA-256, 64 hex digits, of words that are found elsewhere (field {@code h}). */
    record Hash(String hex) implements Description {}
}
