package org.lsat.rules;

import java.util.Set;

/**
 * The path of a request target as it came over the wire (RFC 9112 section 3.2). One that is not already in canonical form
 * is refused before anything is matched against it, never repaired: every repair is a second opinion about which resource
 * is meant, and the history of path-based access controls is a history of such second opinions.
 */
public final class RequestTarget {

    private static final String SESSION_ID = ";jsessionid=";

    private RequestTarget() {}

    /**
     * Whether {@code path} begins with {@code /}, has no empty, {@code .} or {@code ..} segment, no {@code ;}, {@code \},
     * {@code #} or {@code ?}, nothing outside 0x21-0x7e, and no percent-encoding that is malformed, is no UTF-8, or
     * hides one of {@code / \ . % ;} or a control character. A trailing {@code /} is fine.
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
                int end = harmlessEnd(path, i);
                if (end < 0) {
                    return false;
                }
                i = end - 1;
            } else if (c <= 0x20 || c >= 0x7f || c == ';' || c == '\\' || c == '#' || c == '?') {
                return false;
            }
        }
        return !isDots(path, segmentFrom, length);
    }

    /** The same, but for the parameters that are allowed. */
    public static boolean isCanonical(String path, Set<PathParameters> allowed) {
        int first = path.indexOf(';');
        if (first < 0 || allowed.isEmpty()) {
            return isCanonical(path);
        }
        boolean fits = allowed.contains(PathParameters.MATRIX) || isSessionId(path, first);
        return fits && isCanonical(path.replace(';', '=')) && isCanonical(withoutParameters(path));
    }

    private static boolean isSessionId(String path, int from) {
        return path.startsWith(SESSION_ID, from)
                && path.chars()
                        .skip(from + (long) SESSION_ID.length())
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || "._-!~*+".indexOf(c) >= 0);
    }

    /** Without {@code ;…} in any segment. */
    public static String withoutParameters(String path) {
        if (path.indexOf(';') < 0) {
            return path;
        }
        StringBuilder rest = new StringBuilder(path.length());
        boolean inParameters = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            inParameters = c == ';' || (inParameters && c != '/');
            if (!inParameters) {
                rest.append(c);
            }
        }
        return rest.toString();
    }

    private static boolean isDots(String path, int from, int to) {
        int length = to - from;
        return length >= 1 && length <= 2 && path.charAt(from) == '.' && path.charAt(to - 1) == '.';
    }

    /**
     * Where the character ends that is percent-encoded at {@code from}; -1 if it is not well-formed UTF-8 in its shortest
     * form ({@code %c0%af} is a slash to a lenient decoder), or must not be written that way.
     */
    private static int harmlessEnd(String path, int from) {
        int first = octet(path, from);
        if (first < 0x80) {
            return isHarmless(first) ? from + 3 : -1;
        }
        int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
        int codePoint = first & (0x3f >> more);
        for (int i = 1; i <= more; i++) {
            int next = octet(path, from + 3 * i);
            if (next >> 6 != 0b10) {
                return -1;
            }
            codePoint = codePoint << 6 | (next & 0x3f);
        }
        boolean shortest = codePoint >= (more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000);
        boolean isCharacter = first >= 0xc0 && first < 0xf8 && codePoint <= 0x10ffff && codePoint >> 11 != 0x1b;
        return shortest && isCharacter ? from + 3 * (more + 1) : -1;
    }

    private static boolean isHarmless(int octet) {
        return octet >= 0x20
                && octet != '/'
                && octet != '\\'
                && octet != '.'
                && octet != '%'
                && octet != ';'
                && octet != 0x7f;
    }

    /** The octet whose three characters begin at {@code at}, or a negative number. */
    private static int octet(String path, int at) {
        if (at + 2 >= path.length() || path.charAt(at) != '%') {
            return -1;
        }
        return digit(path.charAt(at + 1)) << 4 | digit(path.charAt(at + 2));
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' && c < 128 ? lower - 'a' + 10 : -1;
    }
}
