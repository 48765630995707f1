package org.lsat.protocol;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Payments whose tokens open nothing any more, by the first digits of their payment hashes. Looking one up allocates nothing.
 * Immutable, thread-safe.
 */
public final class RevokedPayments {

    /** None. */
    public static final RevokedPayments NONE = of(List.of());

    private static final int BITS_A_DIGIT = 4;

    /** In the order of their heads. */
    private final Prefix[] prefixes;

    /** The first 32 bits of each, which every prefix has; the highest bit turned round, so that they are sorted as numbers. */
    private final int[] heads;

    private RevokedPayments(Prefix[] prefixes) {
        this.prefixes = prefixes;
        this.heads = Arrays.stream(prefixes).mapToInt(Prefix::head).toArray();
    }

    /** These. */
    public static RevokedPayments of(Collection<Prefix> prefixes) {
        return new RevokedPayments(prefixes.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Prefix::head))
                .toArray(Prefix[]::new));
    }

    /**
     * What payment hashes begin with.
     *
     * @param first the first of them, all further digits being 0
     * @param digits how many hex digits count, 8 to 64
     */
    public record Prefix(PaymentHash first, int digits) {

        /** The least and the most digits. */
        public static final int FEWEST = 8;

        private static final int MOST = 2 * PaymentHash.LENGTH;

        /** Reads 8 to 64 hex digits of any case; empty for anything else. */
        public static Optional<Prefix> parse(String hex) {
            if (hex.length() < FEWEST || hex.length() > MOST) {
                return Optional.empty();
            }
            byte[] bytes = HexText.decode(hex + "0".repeat(MOST - hex.length()), 0, MOST);
            return bytes == null ? Optional.empty() : Optional.of(new Prefix(PaymentHash.at(bytes, 0), hex.length()));
        }

        /** Lower-case hex digits, as many as count. */
        public String hex() {
            return first.hex().substring(0, digits);
        }

        private int head() {
            return head(first);
        }

        private static int head(PaymentHash payment) {
            return (int) (payment.w0() >>> 32) ^ Integer.MIN_VALUE;
        }

        private boolean begins(PaymentHash payment) {
            int bits = digits * BITS_A_DIGIT;
            return agree(first.w0(), payment.w0(), bits)
                    && agree(first.w1(), payment.w1(), bits - 64)
                    && agree(first.w2(), payment.w2(), bits - 128)
                    && agree(first.w3(), payment.w3(), bits - 192);
        }

        private static boolean agree(long a, long b, int bits) {
            return bits <= 0 || (a ^ b) >>> Math.max(0, 64 - bits) == 0;
        }
    }

    /** Whether the tokens of {@code payment} are revoked. */
    public boolean contain(PaymentHash payment) {
        int head = Prefix.head(payment);
        int at = Arrays.binarySearch(heads, head);
        while (at > 0 && heads[at - 1] == head) {
            at--;
        }
        for (; at >= 0 && at < heads.length && heads[at] == head; at++) {
            if (prefixes[at].begins(payment)) {
                return true;
            }
        }
        return false;
    }

    /** What they begin with. */
    public List<Prefix> prefixes() {
        return List.of(prefixes);
    }

    /** How many there are. */
    public int size() {
        return prefixes.length;
    }

    /** Only how many: a log may not hold more than the first digits of a payment hash. */
    @Override
    public String toString() {
        return "RevokedPayments[" + prefixes.length + "]";
    }
}
