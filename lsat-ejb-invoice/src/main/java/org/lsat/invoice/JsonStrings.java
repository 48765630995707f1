package org.lsat.invoice;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads the string members of one JSON object (RFC 8259) and skips the others, strictly: nothing behind the object, no
 * name twice, no value nested deeper than 16. Small, so that a dev wallet needs no JSON library.
 */
final class JsonStrings {

    private static final int MAX_DEPTH = 16;

    private final String text;
    private int at;

    private JsonStrings(String text) {
        this.text = text;
    }

    /** Name to value. */
    static Map<String, String> of(String text) throws JsonException {
        JsonStrings reader = new JsonStrings(text);
        Map<String, String> members = new HashMap<>();
        reader.blank();
        reader.object(members, MAX_DEPTH);
        reader.blank();
        if (reader.at < text.length()) {
            throw reader.unexpected();
        }
        return members;
    }

    private void object(Map<String, String> members, int depth) throws JsonException {
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
            if (peek() == '"') {
                members.put(name, string());
            } else {
                value(depth);
            }
            blank();
        } while (skipped(','));
        expect('}');
    }

    private void value(int depth) throws JsonException {
        if (depth == 0) {
            throw new JsonException("values are nested too deeply");
        }
        switch (peek()) {
            case '"' -> string();
            case '{' -> object(new HashMap<>(), depth - 1);
            case '[' -> array(depth - 1);
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
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

    private void number() throws JsonException {
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
