package org.lsat.example;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a search looks for, read from its body. */
final class SearchQuery {

    private static final int MOST_BYTES = 1024;
    private static final int MOST_LETTERS = 64;
    private static final String FORM = "a JSON object like {\"q\":\"krone\"}";

    private SearchQuery() {}

    static String read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw Problem.badRequest("The body is longer than " + MOST_BYTES + " bytes; send " + FORM + ".");
        }
        if (!(parsed(bytes).getValueType() == JsonStructure.ValueType.OBJECT
                && parsed(bytes).asJsonObject().get("q") instanceof JsonString q)) {
            throw Problem.badRequest("q is missing or no text; send " + FORM + ".");
        }
        String text = q.getString();
        if (text.isBlank() || text.length() > MOST_LETTERS) {
            throw Problem.badRequest("q is " + Problem.quoted(text) + "; it must be 1 to " + MOST_LETTERS
                    + " characters, not all of them blanks.");
        }
        return text;
    }

    private static JsonStructure parsed(byte[] bytes) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
            return reader.read();
        } catch (JsonException e) {
            throw Problem.badRequest("The body is not JSON; send " + FORM + ".");
        }
    }
}
