package org.lsat.protocol;

import java.util.Arrays;
import java.util.Locale;

/**
 * Bech32 (BIP 173) without its limit of 90 characters, as BOLT 11 uses it: a human-readable part, {@code 1}, five-bit
 * words, six words of checksum.
 *
 * @param hrp lower case
 */
public record Bech32(String hrp, Words words) {

    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int CHECKSUM = 6;

    /** Five-bit words, one a byte. Immutable. */
    public static final class Words {
        private final byte[] values;

        /**
         * Copies {@code values}.
         *
         * @throws IllegalArgumentException if one is not 0 to 31
         */
        public Words(byte[] values) {
            for (byte value : values) {
                if (value < 0 || value > 31) {
                    throw new IllegalArgumentException("not a five-bit word: " + value);
                }
            }
            this.values = values.clone();
        }

        /** How many there are. */
        public int size() {
            return values.length;
        }

        /** Word {@code i}, 0 to 31. */
        public int get(int i) {
            return values[i];
        }

        /** Words {@code from} to {@code to} as a big-endian number; at most 12 words. */
        long number(int from, int to) {
            long value = 0;
            for (int i = from; i < to; i++) {
                value = value << 5 | values[i];
            }
            return value;
        }

        /** Words {@code from} to {@code to} as bytes; the bits that are left over are dropped. */
        public byte[] bytes(int from, int to) {
            return regroup(Arrays.copyOfRange(values, from, to), 5, 8, false);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Words that && Arrays.equals(values, that.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    /** {@code bytes} as five-bit words, the last one filled up with zero bits. */
    public static byte[] words(byte[] bytes) {
        return regroup(bytes, 8, 5, true);
    }

    /** {@code values} of five-bit words as bytes, the last one filled up with zero bits. */
    public static byte[] paddedBytes(byte[] values) {
        return regroup(values, 5, 8, true);
    }

    private static byte[] regroup(byte[] in, int from, int to, boolean pad) {
        int bits = in.length * from;
        byte[] out = new byte[pad ? (bits + to - 1) / to : bits / to];
        int buffer = 0;
        int held = 0;
        int at = 0;
        for (byte value : in) {
            buffer = buffer << from | (value & ((1 << from) - 1));
            held += from;
            while (held >= to) {
                held -= to;
                out[at++] = (byte) (buffer >> held & ((1 << to) - 1));
            }
        }
        if (at < out.length) {
            out[at] = (byte) (buffer << (to - held) & ((1 << to) - 1));
        }
        return out;
    }

    /**
     * Reads a string of one case.
     *
     * @throws Bolt11Exception if it is malformed or its checksum does not hold
     */
    static Bech32 decode(String text) throws Bolt11Exception {
        if (!isPrintable(text)) {
            // Before any mapping of case: the Kelvin sign is a small k to it.
            throw new Bolt11Exception("a character that is not printable ASCII");
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (!text.equals(lower) && !text.equals(text.toUpperCase(Locale.ROOT))) {
            throw new Bolt11Exception("upper and lower case are mixed");
        }
        int separator = lower.lastIndexOf('1');
        if (separator < 1 || lower.length() - separator - 1 < CHECKSUM) {
            throw new Bolt11Exception("no separator 1 between prefix and data");
        }
        String hrp = lower.substring(0, separator);
        byte[] values = new byte[lower.length() - separator - 1];
        for (int i = 0; i < values.length; i++) {
            int value = ALPHABET.indexOf(lower.charAt(separator + 1 + i));
            if (value < 0) {
                throw new Bolt11Exception("a character outside the bech32 alphabet");
            }
            values[i] = (byte) value;
        }
        if (polymod(expand(hrp), values) != 1) {
            throw new Bolt11Exception("the checksum does not hold");
        }
        return new Bech32(hrp, new Words(Arrays.copyOf(values, values.length - CHECKSUM)));
    }

    /** Writes it, lower case, with its checksum. */
    public String encode() {
        byte[] all = Arrays.copyOf(words.values, words.size() + CHECKSUM);
        int checksum = polymod(expand(hrp), all) ^ 1;
        StringBuilder text =
                new StringBuilder(hrp.length() + 1 + all.length).append(hrp).append('1');
        for (int i = 0; i < words.size(); i++) {
            text.append(ALPHABET.charAt(all[i]));
        }
        for (int i = 0; i < CHECKSUM; i++) {
            text.append(ALPHABET.charAt((checksum >> (5 * (CHECKSUM - 1 - i))) & 31));
        }
        return text.toString();
    }

    private static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c >= 33 && c <= 126);
    }

    private static byte[] expand(String hrp) {
        byte[] expanded = new byte[2 * hrp.length() + 1];
        for (int i = 0; i < hrp.length(); i++) {
            expanded[i] = (byte) (hrp.charAt(i) >> 5);
            expanded[hrp.length() + 1 + i] = (byte) (hrp.charAt(i) & 31);
        }
        return expanded;
    }

    private static int polymod(byte[] hrp, byte[] values) {
        return polymod(polymod(1, hrp), values);
    }

    private static int polymod(int start, byte[] values) {
        int sum = start;
        for (byte value : values) {
            int top = sum >>> 25;
            sum = (sum & 0x1ffffff) << 5 ^ value;
            sum ^= (top & 1) != 0 ? 0x3b6a57b2 : 0;
            sum ^= (top & 2) != 0 ? 0x26508e6d : 0;
            sum ^= (top & 4) != 0 ? 0x1ea119fa : 0;
            sum ^= (top & 8) != 0 ? 0x3d4233dd : 0;
            sum ^= (top & 16) != 0 ? 0x2a1462b3 : 0;
        }
        return sum;
    }
}
