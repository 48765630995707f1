package org.lsat.client;

import org.jspecify.annotations.Nullable;

/** An address as 128 bits; IPv4 in the form ::ffff:a.b.c.d. */
public record IpAddress(long high, long low) {

    /** Whether it is one of IPv4. */
    public boolean isV4() {
        return high == 0 && low >>> 32 == 0xffff;
    }

    /** Whether it is one of this machine, 127.0.0.0/8 or ::1. */
    public boolean isLoopback() {
        return isV4() ? (low >>> 24 & 0xff) == 127 : high == 0 && low == 1;
    }

    /**
     * Reads the text of an address, by hand since {@code InetAddress} asks the name service about what it cannot read;
     * {@code null} if it is none. An IPv6 zone ({@code %eth0}) and brackets are left out.
     */
    public static @Nullable IpAddress parse(String text) {
        int from = text.startsWith("[") ? 1 : 0;
        int to = text.length() - (text.endsWith("]") ? 1 : 0);
        int zone = text.indexOf('%');
        String bare = from > to ? "" : text.substring(from, zone >= from && zone < to ? zone : to);
        if (bare.indexOf(':') >= 0) {
            return v6(bare);
        }
        long v4 = v4(bare);
        return v4 < 0 ? null : new IpAddress(0, 0xffff_0000_0000L | v4);
    }

    private static long v4(String text) {
        String[] parts = text.split("\\.", -1);
        long value = 0;
        for (String part : parts) {
            int octet = number(part, 10, 3);
            if (octet < 0 || octet > 255) {
                return -1;
            }
            value = value << 8 | octet;
        }
        return parts.length == 4 ? value : -1;
    }

    private static @Nullable IpAddress v6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        String[] head = groups(gap < 0 ? text : text.substring(0, gap));
        if (gap >= 0 && width(head) > head.length) {
            return null; // Only the end of an address may be written with dots (RFC 4291 section 2.2).
        }
        String[] tail = groups(gap < 0 ? "" : text.substring(gap + 2));
        int[] words = new int[8];
        int headWords = put(head, words, 0);
        int tailWords = headWords < 0 ? -1 : width(tail);
        if (tailWords < 0 || (gap < 0 ? headWords != 8 : headWords + tailWords > 7)) {
            return null;
        }
        if (put(tail, words, 8 - tailWords) < 0) {
            return null;
        }
        return new IpAddress(join(words, 0), join(words, 4));
    }

    private static String[] groups(String text) {
        return text.isEmpty() ? new String[0] : text.split(":", -1);
    }

    private static int width(String[] groups) {
        boolean endsInV4 = groups.length > 0 && groups[groups.length - 1].indexOf('.') >= 0;
        return groups.length + (endsInV4 ? 1 : 0);
    }

    /** The number of 16-bit words written, or -1. */
    private static int put(String[] groups, int[] words, int from) {
        int at = from;
        for (int i = 0; i < groups.length; i++) {
            boolean v4 = i == groups.length - 1 && groups[i].indexOf('.') >= 0;
            long value = v4 ? v4(groups[i]) : number(groups[i], 16, 4);
            if (value < 0 || at + (v4 ? 2 : 1) > words.length) {
                return -1;
            }
            if (v4) {
                words[at++] = (int) (value >>> 16);
            }
            words[at++] = (int) (value & 0xffff);
        }
        return at - from;
    }

    private static int number(String text, int radix, int maxDigits) {
        if (text.isEmpty() || text.length() > maxDigits) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }

    private static long join(int[] words, int from) {
        long value = 0;
        for (int i = from; i < from + 4; i++) {
            value = value << 16 | words[i];
        }
        return value;
    }
}
