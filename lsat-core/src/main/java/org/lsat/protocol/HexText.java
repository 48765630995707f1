package org.lsat.protocol;

import org.jspecify.annotations.Nullable;

/** Hex digits of any case, decoded in place; {@code HexFormat} throws where a client made a mistake. */
final class HexText {

    private HexText() {}

    /** The bytes that {@code text} from {@code from} to {@code to} stands for, or {@code null}. */
    static byte @Nullable [] decode(String text, int from, int to) {
        if ((to - from) % 2 != 0 || to <= from) {
            return null;
        }
        byte[] out = new byte[(to - from) / 2];
        for (int i = 0; i < out.length; i++) {
            int value = digit(text.charAt(from + 2 * i)) << 4 | digit(text.charAt(from + 2 * i + 1));
            if (value < 0) {
                return null;
            }
            out[i] = (byte) value;
        }
        return out;
    }

    /** ASCII only: {@code Character.digit} takes the digits of every script. */
    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' && c < 128 ? lower - 'a' + 10 : -1;
    }
}
