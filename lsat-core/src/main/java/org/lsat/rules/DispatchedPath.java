package org.lsat.rules;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The path of a dispatch, which is the application's own text. Some containers (Payara, Open Liberty) pass it on as it
 * stands, with its percent-encodings and parameters, to a servlet that may decode it.
 */
public final class DispatchedPath {

    private DispatchedPath() {}

    /** Whether a servlet may read it as another path than it spells. */
    public static boolean isAmbiguous(String path) {
        return path.indexOf('%') >= 0 || path.indexOf(';') >= 0;
    }

    /**
     * What the most lenient servlet takes it for: decoded until nothing is left to decode, without parameters, with {@code
     * \}, {@code //}, {@code .} and {@code ..} resolved.
     */
    public static String mostLenient(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : decoded(path).replace('\\', '/').split("/")) {
            int parameters = segment.indexOf(';');
            String name = parameters < 0 ? segment : segment.substring(0, parameters);
            if (name.equals("..")) {
                segments.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                segments.add(name);
            }
        }
        return "/" + String.join("/", segments);
    }

    /** Each round is shorter than the one before, so there is a last one. */
    private static String decoded(String path) {
        String before = path;
        try {
            while (before.indexOf('%') >= 0) {
                before = URLDecoder.decode(before.replace("+", "%2B"), StandardCharsets.UTF_8);
            }
            return before;
        } catch (IllegalArgumentException e) {
            return before;
        }
    }
}
