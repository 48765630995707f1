package org.lsat.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonStringsTest {

    private static final int SEED = 8259;

    private static final JsonMapper ORACLE = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @Test
    void stringsAreReadAndAllElseIsSkipped() throws JsonException {
        assertThat(JsonStrings.of(" { \"a\" : \"x\", \"n\":-1.5e+3,\"o\":{\"a\":[1,{}, \"y\"]},\"t\":true,\r\n"
                        + "\"f\":false,\"z\":null,\"e\":[],\"b\":\"\"}\t"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", "x", "b", ""));
        assertThat(JsonStrings.of("{}")).isEmpty();
    }

    @Test
    void escapesAreUnderstoodInNamesAndValues() throws JsonException {
        assertThat(JsonStrings.of("{\"in\\u0076oice\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83d\\ude00☕\"}"))
                .containsExactly(Map.entry("invoice", "\"\\/\b\f\n\r\té😀☕"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"a\"",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":\"x\"",
                "{\"a\":\"x",
                "{\"a\":\"x\",}",
                "{,}",
                "{\"a\":\"x\"}}",
                "{\"a\":\"x\"} x",
                "{a:\"x\"}",
                "{'a':'x'}",
                "{\"a\" \"x\"}",
                "{\"a\":tru}",
                "{\"a\":truth}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":.1}",
                "{\"a\":+1}",
                "{\"a\":1e}",
                "{\"a\":-}",
                "{\"a\":NaN}",
                "{\"a\":[1,]}",
                "{\"a\":[1}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\u00g0\"}",
                "{\"a\":\"\\u٠٠٠٠\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"x\",\"a\":\"y\"}",
                "{\"a\":\"x\",\"\\u0061\":1}",
                "\uFEFF{}",
                "{\"a\":\"\\",
                "{}\u0000",
            })
    void whatIsNoObjectIsRefused(String text) {
        assertThatThrownBy(() -> JsonStrings.of(text)).isInstanceOf(JsonException.class);
    }

    @Test
    void deepNestingIsRefusedAndNotFollowed() {
        assertThatThrownBy(() -> JsonStrings.of("{\"a\":" + "[".repeat(100_000)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("too deeply");
        assertThatThrownBy(() -> JsonStrings.of("{\"a\":".repeat(100_000))).isInstanceOf(JsonException.class);
    }

    @Test
    void itAgreesWithAnotherParserAboutDamagedTexts() {
        List<String> seeds = List.of(
                "{\"invoice\":\"lnbcrt10n1p5ww7q\",\"x\":[1,2.5e-3,{\"y\":null}],\"t\":true}",
                "{\"a\":\"\\u00e9\\n\\\\\",\"b\":{\"c\":\"d\"},\"e\":-0.0,\"f\":[[],{}]}",
                "{ \"invoice\" : \"\" , \"n\" : 0 }");
        String alphabet = "{}[]\",:\\u0019eE+-.tfn \n\u0001éa";
        Random random = new Random(SEED);
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                int at = random.nextInt(text.length());
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, c);
                    case 1 -> text.insert(at, c);
                    default -> text.deleteCharAt(at);
                }
            }
            Optional<Map<String, String>> ours = ours(text.toString());
            assertThat(ours).as("seed %d, round %d: %s", SEED, i, text).isEqualTo(oracle(text.toString()));
            accepted += ours.isPresent() ? 1 : 0;
        }
        assertThat(accepted).isBetween(2_000, 18_000);
    }

    private static Optional<Map<String, String>> ours(String text) {
        try {
            return Optional.of(JsonStrings.of(text));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private static Optional<Map<String, String>> oracle(String text) {
        try {
            JsonNode root = ORACLE.readTree(text);
            if (!root.isObject()) {
                return Optional.empty();
            }
            Map<String, String> members = new HashMap<>();
            root.properties().stream()
                    .filter(member -> member.getValue().isTextual())
                    .forEach(member ->
                            members.put(member.getKey(), member.getValue().asText()));
            return Optional.of(members);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
