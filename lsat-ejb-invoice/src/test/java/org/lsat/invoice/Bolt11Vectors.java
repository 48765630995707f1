package org.lsat.invoice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;

/** The examples of BOLT 11, decoded, and invoices of five networks whose preimages are known. */
final class Bolt11Vectors {

    private static final JsonNode ROOT = read();

    /** The node that signed them all. */
    static final SigningKey KEY =
            new SigningKey(new BigInteger(ROOT.get("privKey").asText(), 16));

    private Bolt11Vectors() {}

    /** The rows of one array, under their titles. */
    static Stream<Named<JsonNode>> rows(String array) {
        return StreamSupport.stream(ROOT.get(array).spliterator(), false)
                .map(row -> Named.of(
                        row.path("title").asText(row.get("invoice").asText().substring(0, 20)), row));
    }

    private static JsonNode read() {
        try (InputStream in = Objects.requireNonNull(
                Bolt11Vectors.class.getResourceAsStream("/vectors/bolt11.json"), "vectors/bolt11.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
