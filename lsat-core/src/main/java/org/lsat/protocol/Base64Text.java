package org.lsat.protocol;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Base64 (RFC 4648) as clients send it: the standard or the URL alphabet, padded or not. Decodes a part of a header in
 * place; {@code java.util.Base64} would want a copy of it, and one alphabet at a time.
 */
final class Base64Text {

    private static final byte[] VALUES = values();

    private Base64Text() {}

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        values['-'] = 62;
        values['_'] = 63;
        return values;
    }

    /** How many bytes {@code chars} characters stand for at most. */
    static int maxDecodedLength(int chars) {
        return chars / 4 * 3 + chars % 4;
    }

    /** The bytes that {@code text} from {@code from} to {@code to} stands for, or {@code null}. */
    static byte @Nullable [] decode(String text, int from, int to) {
        int end = to;
        while (end > from && to - end < 2 && text.charAt(end - 1) == '=') {
            end--;
        }
        int length = end - from;
        int tail = length % 4;
        if (length <= 0 || tail == 1 || (end != to && (to - from) % 4 != 0)) {
            return null;
        }
        byte[] out = new byte[length / 4 * 3 + (tail == 0 ? 0 : tail - 1)];
        int at = from;
        int put = 0;
        for (int whole = end - tail; at < whole; at += 4, put += 3) {
            int bits =
                    value(text, at) << 18 | value(text, at + 1) << 12 | value(text, at + 2) << 6 | value(text, at + 3);
            if (bits < 0) {
                return null;
            }
            out[put] = (byte) (bits >> 16);
            out[put + 1] = (byte) (bits >> 8);
            out[put + 2] = (byte) bits;
        }
        return tail == 0 || decodeTail(text, at, tail, out, put) ? out : null;
    }

    private static boolean decodeTail(String text, int at, int tail, byte[] out, int put) {
        int bits = value(text, at) << 18 | value(text, at + 1) << 12 | (tail == 3 ? value(text, at + 2) << 6 : 0);
        if (bits < 0) {
            return false;
        }
        out[put] = (byte) (bits >> 16);
        if (tail == 3) {
            out[put + 1] = (byte) (bits >> 8);
        }
        return true;
    }

    /** 0 to 63, or a negative number whose sign survives the shifts above. */
    private static int value(String text, int at) {
        char c = text.charAt(at);
        return c < VALUES.length ? VALUES[c] : -1;
    }
}
