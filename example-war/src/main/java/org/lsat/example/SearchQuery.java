package org.lsat.example;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.NoSuchElementException;

/** What a search looks for, read from its body. */
final class SearchQuery {

    private static final int MOST_LETTERS = 64;

    /** Enough for that many letters, each escaped; too few to nest as deeply as makes a parser fail in its own way. */
    private static final int MOST_BYTES = 512;

    private static final String FORM = "a JSON object like {\"q\":\"krone\"}";

    private SearchQuery() {}

    static String read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw Problem.badRequest("The body is longer than " + MOST_BYTES + " bytes; send " + FORM + ".");
        }
        if (!(parsed(bytes).get("q") instanceof JsonString q)) {
            throw Problem.badRequest("q is missing or no text; send " + FORM + ".");
        }
        String text = q.getString();
        if (text.isBlank() || text.length() > MOST_LETTERS) {
            throw Problem.badRequest("q is " + Problem.quoted(text) + "; it must be 1 to " + MOST_LETTERS
                    + " characters, not all of them blanks.");
        }
        return text;
    }

    private static JsonObject parsed(byte[] bytes) {
        try (JsonParser parser = Json.createParser(new ByteArrayInputStream(bytes))) {
            if (parser.next() == JsonParser.Event.START_OBJECT) {
                JsonObject object = parser.getObject();
                // a reader would not look at what follows the object
                if (!parser.hasNext()) {
                    return object;
                }
            }
        } catch (JsonException | NoSuchElementException e) {
            // falls through: said below in our words
        }
        throw Problem.badRequest("The body is not JSON, or no object; send " + FORM + ".");
    }
}
