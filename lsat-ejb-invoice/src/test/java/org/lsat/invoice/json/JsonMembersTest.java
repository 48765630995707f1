package org.lsat.invoice.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMembersTest {

    private static final int SEED = 8259;

    private static final JsonMapper ORACLE = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    void stringsNumbersAndBooleansAreReadAndAllElseIsSkipped() throws JsonException {
        JsonMembers members =
                JsonMembers.of(" { \"a\" : \"x\", \"n\":-1.5e+3,\"o\":{\"p\":[1,{}, \"y\"]},\"t\":true,\r\n"
                        + "\"f\":false,\"z\":null,\"e\":[],\"b\":\"\"}\t");
        assertThat(members.text("a")).contains("x");
        assertThat(members.text("b")).contains("");
        assertThat(members.number("n")).hasValue(-1500);
        assertThat(members.flag("t")).contains(true);
        assertThat(members.flag("f")).contains(false);
        for (String name : List.of("o", "p", "z", "e", "n", "t", "none")) {
            assertThat(members.text(name)).as(name).isEmpty();
        }
        assertThat(members.number("a")).isEmpty();
        assertThat(members.flag("z")).isEmpty();
        assertThat(members).hasToString("JsonMembers[redacted]");
        assertThat(JsonMembers.of("{}").text("a")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "1000, 1000",
        "1000.0, 1000",
        "1e3, 1000",
        "100000000000, 100000000000",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808,",
        "1e19,",
        "1e999999999,",
        "1e99999999999,",
        "1e-999999999,",
        "0.5,",
        "1000000000000000000000000000000000000000000,",
    })
    void aNumberIsWholeAndFitsOrIsNone(String text, Long value) throws JsonException {
        OptionalLong number = JsonMembers.of("{\"a\":" + text + "}").number("a");

        assertThat(number).isEqualTo(value == null ? OptionalLong.empty() : OptionalLong.of(value));
    }

    @Test
    void bytesAreUtf8() throws JsonException {
        assertThat(JsonMembers.of("{\"a\":\"é☕\"}".getBytes(StandardCharsets.UTF_8))
                        .text("a"))
                .contains("é☕");
        assertThatThrownBy(() -> JsonMembers.of(new byte[] {'{', (byte) 0xff, '}'}))
                .isInstanceOf(JsonException.class)
                .hasMessage("it is not UTF-8");
    }

    @Test
    void escapesAreUnderstoodInNamesAndValues() throws JsonException {
        assertThat(JsonMembers.of("{\"in\\u0076oice\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83d\\ude00☕\"}")
                        .text("invoice"))
                .contains("\"\\/\b\f\n\r\té😀☕");
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
        assertThatThrownBy(() -> JsonMembers.of(text)).isInstanceOf(JsonException.class);
    }

    @Test
    void deepNestingIsRefusedAndNotFollowed() {
        assertThatThrownBy(() -> JsonMembers.of("{\"a\":" + "[".repeat(100_000)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("too deeply");
        assertThatThrownBy(() -> JsonMembers.of("{\"a\":".repeat(100_000))).isInstanceOf(JsonException.class);
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
            Optional<JsonMembers> ours = ours(text.toString());
            Optional<JsonNode> oracle = oracle(text.toString());
            assertThat(ours.isPresent())
                    .as("seed %d, round %d: %s", SEED, i, text)
                    .isEqualTo(oracle.isPresent());
            if (ours.isPresent() && oracle.isPresent()) {
                sameMembers(ours.get(), oracle.get(), "seed " + SEED + ", round " + i + ": " + text);
            }
            accepted += ours.isPresent() ? 1 : 0;
        }
        assertThat(accepted).isBetween(2_000, 18_000);
    }

    private static void sameMembers(JsonMembers ours, JsonNode oracle, String where) {
        for (Map.Entry<String, JsonNode> member : oracle.properties()) {
            JsonNode value = member.getValue();
            assertThat(ours.text(member.getKey()))
                    .as(where)
                    .isEqualTo(value.isTextual() ? Optional.of(value.asText()) : Optional.empty());
            assertThat(ours.flag(member.getKey()))
                    .as(where)
                    .isEqualTo(value.isBoolean() ? Optional.of(value.asBoolean()) : Optional.empty());
            boolean whole = value.isNumber()
                    && value.decimalValue().stripTrailingZeros().scale() <= 0
                    && value.decimalValue().abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
            assertThat(ours.number(member.getKey()))
                    .as(where)
                    .isEqualTo(whole ? OptionalLong.of(value.decimalValue().longValueExact()) : OptionalLong.empty());
        }
    }

    private static Optional<JsonMembers> ours(String text) {
        try {
            return Optional.of(JsonMembers.of(text));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> oracle(String text) {
        try {
            JsonNode root = ORACLE.readTree(text);
            return root.isObject() ? Optional.of(root) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
