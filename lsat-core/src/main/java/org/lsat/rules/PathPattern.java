package org.lsat.rules;

import java.util.Optional;

/**
 * A servlet pattern: {@code /a/b}, {@code /a/*} or {@code *.csv}; printable ASCII. {@code /a/*} covers {@code /a} and
 * {@code /a/}, and {@code /a/b} covers {@code /a/b/}: what one resource answers costs one price.
 *
 * @param text without the {@code /*} or {@code *.} that the kind says
 */
public record PathPattern(Kind kind, String text) {

    /** From the most to the least specific. */
    public enum Kind {
        /** One path. */
        EXACT,
        /** A path and all below it. */
        PREFIX,
        /** All paths whose last segment ends so. */
        EXTENSION
    }

    /** What {@link #parse} takes, for messages. */
    public static final String ALLOWED =
            "a path of ASCII characters: /a/b for one, /a/* for all below /a and /a itself, *.csv for an extension;"
                    + " decoded, without spaces, // . .. ; % \\ ? #, and without a / at the end";

    /** Reads a pattern; empty if it is none, or could never match a canonical request. */
    public static Optional<PathPattern> parse(String pattern) {
        if (pattern.startsWith("*.")) {
            String extension = pattern.substring(2);
            boolean plain = !extension.isEmpty() && extension.chars().noneMatch(c -> "/*.".indexOf(c) >= 0);
            return plain && isPrintable(extension)
                    ? Optional.of(new PathPattern(Kind.EXTENSION, extension))
                    : Optional.empty();
        }
        boolean prefix = pattern.endsWith("/*");
        String path = prefix ? pattern.substring(0, pattern.length() - 2) : pattern;
        boolean everything = prefix && path.isEmpty();
        boolean plain = path.indexOf('*') < 0
                && path.indexOf('%') < 0
                && path.length() > 1
                && !path.endsWith("/")
                && RequestTarget.isCanonical(path);
        return everything || plain
                ? Optional.of(new PathPattern(prefix ? Kind.PREFIX : Kind.EXACT, path))
                : Optional.empty();
    }

    private static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c > 0x20 && c < 0x7f && ";%\\?#".indexOf(c) < 0);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case EXACT -> text;
            case PREFIX -> text + "/*";
            case EXTENSION -> "*." + text;
        };
    }
}
