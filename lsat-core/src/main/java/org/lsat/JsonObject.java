package org.lsat;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes one JSON object (RFC 8259), all in ASCII. Not thread-safe. */
public final class JsonObject {

    private final StringBuilder text = new StringBuilder(1024).append('{');

    /** An object without members. */
    public JsonObject() {}

    /** Adds a member; {@code null} as such. */
    public JsonObject put(String name, @Nullable String value) {
        member(name);
        if (value == null) {
            text.append("null");
        } else {
            string(value);
        }
        return this;
    }

    /** Adds a member. */
    public JsonObject put(String name, long value) {
        member(name);
        text.append(value);
        return this;
    }

    /** Adds a member. */
    public JsonObject put(String name, boolean value) {
        member(name);
        text.append(value);
        return this;
    }

    /** Adds a member whose value is an array of objects. */
    public JsonObject putObjects(String name, List<JsonObject> values) {
        member(name);
        text.append(values.stream().map(JsonObject::toString).collect(Collectors.joining(",", "[", "]")));
        return this;
    }

    /** Adds a member whose value is an array of strings. */
    public JsonObject putStrings(String name, List<String> values) {
        member(name);
        text.append('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            string(values.get(i));
        }
        text.append(']');
        return this;
    }

    private void member(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        string(name);
        text.append(':');
    }

    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < 0x20 || c > 0x7e) {
                text.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    text.append(Character.forDigit(c >> shift & 0xf, 16));
                }
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    @Override
    public String toString() {
        return text + "}";
    }
}
