package org.lsat.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The published test vectors, resources beside this class in {@code vectors/}, where a README.md says what each of them
 * holds. They are kept from one release to the next: a token that one release minted verifies on the next one.
 */
public final class Vectors {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Vectors() {}

    /** One file as a whole, for example {@code l402-own.json}. */
    public static JsonNode file(String name) {
        return parse(text(name));
    }

    /** The elements of the array {@code member} of a file. */
    public static Stream<JsonNode> rows(String name, String member) {
        List<JsonNode> rows = new ArrayList<>();
        file(name).required(member).forEach(rows::add);
        return rows.stream();
    }

    /** The lines of a file of one JSON object a line. */
    public static Stream<JsonNode> lines(String name) {
        return text(name).lines().filter(line -> !line.isBlank()).map(Vectors::parse);
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String name) {
        try (InputStream in = Vectors.class.getResourceAsStream("vectors/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no vectors named " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
