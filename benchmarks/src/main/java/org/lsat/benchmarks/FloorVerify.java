package org.lsat.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * From a header's value to whether it opens a product, in one pass over the bytes, by hand: one macaroon, lengths of one
 * or two bytes, the conditions of ours and no other care.
 */
final class FloorVerify {

    static final long REFUSED = -1;

    private static final int IDENTIFIER = 66;
    private static final byte[] VALUES = values();
    private static final byte[] DIGITS = digits();
    private static final byte[] SERVICES = ascii("services=");
    private static final byte[] UNTIL = ascii("_valid_until=");
    private static final byte[] CAPABILITIES = ascii("_capabilities=");

    private final FloorKeys keys;
    private final byte[] service;
    private final byte[] product;
    private final byte[] method;

    FloorVerify(FloorKeys keys, String product, String method) {
        this.keys = keys;
        this.service = ascii(product + ":0");
        this.product = ascii(product);
        this.method = ascii(method);
    }

    /** The end of the token in unix seconds, or {@link #REFUSED}. */
    long verify(String header, long now) {
        int colon = header.length() - 65;
        if (colon < 5 || !isScheme(header) || header.charAt(colon) != ':') {
            return REFUSED;
        }
        byte[] v2 = base64(header, 5, colon);
        byte[] preimage = hex(header, colon + 1);
        if (v2 == null || preimage == null) {
            return REFUSED;
        }
        int at = v2[0] == 2 && v2[1] == 1 ? 3 + v2[2] : 1;
        if (at + 3 + IDENTIFIER + 36 > v2.length || v2[at] != 2 || v2[at + 1] != IDENTIFIER) {
            return REFUSED;
        }
        at += 2;
        FloorHmac hmac = new FloorHmac();
        byte[] key = new byte[32];
        hmac.sha256(preimage, key);
        boolean named = v2[at] == 0 && v2[at + 1] == 0 && v2[at + 34] == 1 && v2[at + 35] == keys.keyId();
        if (!named || !Arrays.equals(key, 0, 32, v2, at + 2, at + 34)) {
            return REFUSED;
        }
        hmac.mac(keys.realm(), v2, at + 34, 32, key);
        hmac.mac(keys.generator(), key, 0, 32, key);
        hmac.mac(key, v2, at, IDENTIFIER, key);
        return caveats(v2, at + IDENTIFIER + 1, hmac, key, now);
    }

    private long caveats(byte[] v2, int from, FloorHmac hmac, byte[] key, long now) {
        int end = v2.length - 35;
        boolean services = false;
        boolean opens = v2[from - 1] == 0;
        long until = Long.MAX_VALUE;
        int at = from;
        while (at < end && v2[at] == 2) {
            int length = v2[at + 1];
            at += 2;
            if (length < 0) {
                length = (length & 0x7f) | (v2[at++] << 7);
            }
            int to = at + length;
            if (length < 0 || to >= end || v2[to] != 0) {
                return REFUSED;
            }
            hmac.mac(key, v2, at, length, key);
            if (startsWith(v2, at, to, SERVICES)) {
                services = true;
                opens &= holds(v2, at + SERVICES.length, to, service);
            } else if (startsWith(v2, at, to, product)) {
                int suffix = at + product.length;
                if (startsWith(v2, suffix, to, UNTIL)) {
                    long number = number(v2, suffix + UNTIL.length, to);
                    opens &= number >= 0 && number <= until;
                    until = number;
                } else if (startsWith(v2, suffix, to, CAPABILITIES)) {
                    opens &= holds(v2, suffix + CAPABILITIES.length, to, method);
                } else {
                    opens &= v2[suffix] != '_';
                }
            }
            at = to + 1;
        }
        boolean whole = at == end && v2[at] == 0 && v2[at + 1] == 6 && v2[at + 2] == 32;
        int difference = 0;
        for (int i = 0; whole && i < 32; i++) {
            difference |= key[i] ^ v2[at + 3 + i];
        }
        return whole && difference == 0 && services && opens && now < until && until != Long.MAX_VALUE
                ? until
                : REFUSED;
    }

    private static boolean isScheme(String header) {
        return header.regionMatches(true, 0, "L402 ", 0, 5) || header.regionMatches(true, 0, "LSAT ", 0, 5);
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] start) {
        return to - from >= start.length && Arrays.equals(bytes, from, from + start.length, start, 0, start.length);
    }

    /** Whether the list with commas holds the entry. */
    private static boolean holds(byte[] bytes, int from, int to, byte[] entry) {
        for (int start = from; start <= to; ) {
            int end = start;
            while (end < to && bytes[end] != ',') {
                end++;
            }
            if (Arrays.equals(bytes, start, end, entry, 0, entry.length)) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    private static long number(byte[] bytes, int from, int to) {
        long value = to > from && to - from <= 18 && (bytes[from] != '0' || to - from == 1) ? 0 : -1;
        for (int i = from; i < to && value >= 0; i++) {
            int digit = bytes[i] - '0';
            value = digit < 0 || digit > 9 ? -1 : value * 10 + digit;
        }
        return value;
    }

    private static byte @Nullable [] base64(String text, int from, int to) {
        int end = to;
        while (end > from && text.charAt(end - 1) == '=') {
            end--;
        }
        byte[] out = new byte[(end - from) * 3 / 4];
        int put = 0;
        int at = from;
        for (; at + 4 <= end; at += 4, put += 3) {
            int bits = VALUES[text.charAt(at) & 0xff] << 18
                    | VALUES[text.charAt(at + 1) & 0xff] << 12
                    | VALUES[text.charAt(at + 2) & 0xff] << 6
                    | VALUES[text.charAt(at + 3) & 0xff];
            if (bits < 0) {
                return null;
            }
            out[put] = (byte) (bits >> 16);
            out[put + 1] = (byte) (bits >> 8);
            out[put + 2] = (byte) bits;
        }
        int bits = 0;
        for (int i = at; i < end; i++) {
            bits |= VALUES[text.charAt(i) & 0xff] << (18 - 6 * (i - at));
        }
        for (int shift = 16; put < out.length; shift -= 8) {
            out[put++] = (byte) (bits >> shift);
        }
        return bits < 0 ? null : out;
    }

    private static byte @Nullable [] hex(String text, int from) {
        byte[] out = new byte[32];
        int all = 0;
        for (int i = 0; i < 32; i++) {
            int value = DIGITS[text.charAt(from + 2 * i) & 0xff] << 4 | DIGITS[text.charAt(from + 2 * i + 1) & 0xff];
            all |= value;
            out[i] = (byte) value;
        }
        return all < 0 ? null : out;
    }

    private static byte[] digits() {
        byte[] digits = new byte[256];
        Arrays.fill(digits, (byte) -1);
        for (int i = 0; i < 16; i++) {
            digits["0123456789abcdef".charAt(i)] = (byte) i;
            digits["0123456789ABCDEF".charAt(i)] = (byte) i;
        }
        return digits;
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < 64; i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        values['-'] = 62;
        values['_'] = 63;
        return values;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
