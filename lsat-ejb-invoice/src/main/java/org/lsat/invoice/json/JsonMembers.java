package org.lsat.invoice.json;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The strings, numbers and booleans among the members of one JSON object (RFC 8259), read strictly: nothing behind the object,
 * no name twice, no value nested deeper than {@value #MAX_DEPTH}; arrays and objects inside are skipped. Small, so that a
 * backend needs no JSON library. Does not print: an answer may hold a preimage. Immutable.
 */
public final class JsonMembers {

    /** An object without members. */
    public static final JsonMembers NONE = new JsonMembers(Map.of());

    private static final int MAX_DEPTH = 16;

    /** Characters of a number; a long has 20. Nobody writes longer ones but to keep us busy. */
    private static final int MOST_DIGITS = 40;

    /** Values are String, BigDecimal or Boolean. */
    private final Map<String, Object> members;

    private JsonMembers(Map<String, Object> members) {
        this.members = members;
    }

    /**
     * Reads an object.
     *
     * @throws JsonException if it is none
     */
    public static JsonMembers of(String text) throws JsonException {
        return new JsonMembers(new Reader(text).whole());
    }

    /**
     * Reads an object in UTF-8.
     *
     * @throws JsonException if it is none
     */
    public static JsonMembers of(byte[] utf8) throws JsonException {
        try {
            return of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new JsonException("it is not UTF-8");
        }
    }

    /** A member that is a string. */
    public Optional<String> text(String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A member that is a whole number and fits; {@code 1e3} and {@code 1000.0} are, too. */
    public OptionalLong number(String name) {
        try {
            return members.get(name) instanceof BigDecimal number
                    ? OptionalLong.of(number.longValueExact())
                    : OptionalLong.empty();
        } catch (ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    /** A member that is true or false. */
    public Optional<Boolean> flag(String name) {
        return members.get(name) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
    }

    @Override
    public String toString() {
        return "JsonMembers[redacted]";
    }

    /** Walks over a text. */
    private static final class Reader {

        /** Stands for what is nobody's value. */
        private static final Object SKIPPED = new Object();

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        Map<String, Object> whole() throws JsonException {
            Map<String, Object> members = new HashMap<>();
            blank();
            object(members, MAX_DEPTH);
            blank();
            if (at < text.length()) {
                throw unexpected();
            }
            return members;
        }

        private void object(Map<String, Object> members, int depth) throws JsonException {
            expect('{');
            blank();
            if (skipped('}')) {
                return;
            }
            Set<String> names = new HashSet<>();
            do {
                blank();
                String name = string();
                if (!names.add(name)) {
                    throw new JsonException("a member is there twice");
                }
                blank();
                expect(':');
                blank();
                Object value = value(depth);
                if (value != SKIPPED) {
                    members.put(name, value);
                }
                blank();
            } while (skipped(','));
            expect('}');
        }

        private Object value(int depth) throws JsonException {
            if (depth == 0) {
                throw new JsonException("values are nested too deeply");
            }
            return switch (peek()) {
                case '"' -> string();
                case '{' -> {
                    object(new HashMap<>(), depth - 1);
                    yield SKIPPED;
                }
                case '[' -> {
                    array(depth - 1);
                    yield SKIPPED;
                }
                case 't' -> {
                    word("true");
                    yield true;
                }
                case 'f' -> {
                    word("false");
                    yield false;
                }
                case 'n' -> {
                    word("null");
                    yield SKIPPED;
                }
                default -> number();
            };
        }

        private void array(int depth) throws JsonException {
            expect('[');
            blank();
            if (skipped(']')) {
                return;
            }
            do {
                blank();
                value(depth);
                blank();
            } while (skipped(','));
            expect(']');
        }

        private void word(String word) throws JsonException {
            for (int i = 0; i < word.length(); i++) {
                expect(word.charAt(i));
            }
        }

        private Object number() throws JsonException {
            int from = at;
            skipped('-');
            if (!skipped('0')) {
                digits();
            }
            if (skipped('.')) {
                digits();
            }
            if (skipped('e') || skipped('E')) {
                if (!skipped('+')) {
                    skipped('-');
                }
                digits();
            }
            return at - from > MOST_DIGITS ? SKIPPED : number(text.substring(from, at));
        }

        private static Object number(String text) {
            try {
                return new BigDecimal(text);
            } catch (NumberFormatException e) {
                // An exponent beyond all that is counted.
                return SKIPPED;
            }
        }

        private void digits() throws JsonException {
            int from = at;
            while (peek() >= '0' && peek() <= '9') {
                at++;
            }
            if (at == from) {
                throw unexpected();
            }
        }

        private String string() throws JsonException {
            expect('"');
            StringBuilder value = new StringBuilder();
            while (!skipped('"')) {
                char c = peek();
                if (c < ' ') {
                    throw unexpected();
                }
                at++;
                value.append(c == '\\' ? escaped() : c);
            }
            return value.toString();
        }

        private char escaped() throws JsonException {
            char c = peek();
            at++;
            return switch (c) {
                case '"', '\\', '/' -> c;
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'u' -> unicode();
                default -> throw new JsonException("no such escape, at character " + at);
            };
        }

        private char unicode() throws JsonException {
            int value = 0;
            for (int i = 0; i < 4; i++) {
                char c = peek();
                // Not Character.digit alone, which knows the digits of every script.
                int digit = c < 128 ? Character.digit(c, 16) : -1;
                if (digit < 0) {
                    throw unexpected();
                }
                value = value << 4 | digit;
                at++;
            }
            return (char) value;
        }

        private void blank() {
            while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
                at++;
            }
        }

        private boolean skipped(char c) {
            boolean there = at < text.length() && text.charAt(at) == c;
            at += there ? 1 : 0;
            return there;
        }

        private void expect(char c) throws JsonException {
            if (!skipped(c)) {
                throw unexpected();
            }
        }

        /** NUL at the end, which JSON allows nowhere. */
        private char peek() {
            return at < text.length() ? text.charAt(at) : 0;
        }

        private JsonException unexpected() {
            return new JsonException(
                    at < text.length() ? "unexpected character at " + at : "it ends too early, at character " + at);
        }
    }
}
