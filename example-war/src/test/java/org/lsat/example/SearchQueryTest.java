package org.lsat.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.json.JsonObject;
import jakarta.ws.rs.WebApplicationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchQueryTest {

    @Test
    void aQueryIsReadAsItWasSent() throws IOException {
        assertThat(read("{\"q\":\" Krone \",\"other\":[1]}")).isEqualTo(" Krone ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "null", "[1]", "\"q\"", "{", "{\"q\":\"a\"", "{\"q\":\"a\"} x", "{\"q\":\"a\"}{}", "q=a"
            })
    void aBodyThatIsNoJsonObjectIsRefused(String body) {
        assertThat(refused(body)).startsWith("The body is not JSON, or no object");
    }

    @Test
    void aBodyThatIsNestedAsDeeplyAsItsLengthAllowsIsRefused() {
        assertThat(refused("{\"a\":" + "[".repeat(507))).startsWith("The body is not JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"q\":null}", "{\"q\":1}", "{\"q\":{\"q\":\"a\"}}"})
    void aQueryThatIsNoTextIsRefused(String body) {
        assertThat(refused(body)).startsWith("q is missing or no text");
    }

    @Test
    void aBlankQueryIsRefused() {
        assertThat(refused("{\"q\":\"  \"}")).startsWith("q is \"  \"; it must be 1 to 64 characters");
    }

    @Test
    void aQueryThatIsTooLongIsRefusedAndNotRepeatedInFull() throws IOException {
        assertThat(read("{\"q\":\"" + "a".repeat(64) + "\"}")).hasSize(64);
        assertThat(refused("{\"q\":\"" + "a".repeat(65) + "\"}")).startsWith("q is \"" + "a".repeat(40) + "…\";");
    }

    @Test
    void aBodyThatIsTooLongIsRefusedBeforeItIsParsed() {
        assertThat(refused("x".repeat(513))).startsWith("The body is longer than 512 bytes");
    }

    private static String refused(String body) {
        WebApplicationException refusal = catchThrowableOfType(WebApplicationException.class, () -> read(body));
        assertThat(refusal.getResponse().getStatus()).isEqualTo(400);
        return ((JsonObject) refusal.getResponse().getEntity()).getString("detail");
    }

    private static String read(String body) throws IOException {
        return SearchQuery.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }
}
