package org.lsat.config;

/**
 * One thing that is wrong with the configuration.
 *
 * @param property its name
 * @param value what is there; a secret is described, never shown
 * @param allowed what may stand there, or what to do
 */
public record Fault(String property, String value, String allowed) {

    /** Longest part of a value that a message repeats. */
    private static final int SHOWN = 80;

    /** Replaces control characters, since the message goes to a log, and cuts what is long. */
    public Fault {
        String printable = value.codePoints()
                .limit(SHOWN + 1)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        value = printable.codePointCount(0, printable.length()) > SHOWN
                ? printable.substring(0, printable.offsetByCodePoints(0, SHOWN)) + "…"
                : printable;
    }

    @Override
    public String toString() {
        return property + " = " + (value.isEmpty() ? "(not set)" : value) + ": " + allowed;
    }
}
