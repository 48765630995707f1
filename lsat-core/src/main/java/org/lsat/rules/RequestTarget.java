package org.lsat.rules;

/**
 * The path of a request target as it came over the wire (RFC 9112 section 3.2). One that is not already in canonical form
 * is refused before anything is matched against it, never repaired: every repair is a second opinion about which resource
 * is meant, and the history of path-based access controls is a history of such second opinions.
 */
public final class RequestTarget {

    private RequestTarget() {}

    /**
     * Whether {@code path} begins with {@code /}, has no empty, {@code .} or {@code ..} segment, no {@code ;}, {@code \},
     * {@code #} or {@code ?}, nothing outside 0x21-0x7e, and no percent-encoding that is malformed or hides one of
     * {@code / \ . % ;} or a control character. A trailing {@code /} is fine.
     *
     * @param path the undecoded path, without the query; {@code HttpServletRequest.getRequestURI()}
     */
    public static boolean isCanonical(String path) {
        int length = path.length();
        if (length == 0 || path.charAt(0) != '/') {
            return false;
        }
        int segmentFrom = 1;
        for (int i = 1; i < length; i++) {
            char c = path.charAt(i);
            if (c == '/') {
                if (i == segmentFrom || isDots(path, segmentFrom, i)) {
                    return false;
                }
                segmentFrom = i + 1;
            } else if (c == '%') {
                if (!isHarmlessOctet(path, i)) {
                    return false;
                }
                i += 2;
            } else if (c <= 0x20 || c >= 0x7f || c == ';' || c == '\\' || c == '#' || c == '?') {
                return false;
            }
        }
        return !isDots(path, segmentFrom, length);
    }

    private static boolean isDots(String path, int from, int to) {
        int length = to - from;
        return length >= 1 && length <= 2 && path.charAt(from) == '.' && path.charAt(to - 1) == '.';
    }

    /** Whether two hex digits follow the percent sign, and the octet may be written that way. */
    private static boolean isHarmlessOctet(String path, int percent) {
        if (percent + 2 >= path.length()) {
            return false;
        }
        int high = digit(path.charAt(percent + 1));
        int low = digit(path.charAt(percent + 2));
        int octet = high << 4 | low;
        return octet >= 0x20
                && octet != '/'
                && octet != '\\'
                && octet != '.'
                && octet != '%'
                && octet != ';'
                && octet != 0x7f;
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' && c < 128 ? lower - 'a' + 10 : -1;
    }
}
