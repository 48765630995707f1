package org.lsat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 3339 and JSON by hand")
final class SmallPartsTest {

    private static final long YEAR_0 = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long YEAR_9999 = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    @Test
    @DisplayName("write every instant of the years 0 to 9999 as java.time does")
    void writeInstants() {
        Random random = new Random(402);
        for (long second :
                new long[] {0, -1, 1, YEAR_0, YEAR_9999, 951_782_399, 951_782_400, 1_709_164_800, -62_135_596_800L}) {
            assertThat(Rfc3339.format(second))
                    .isEqualTo(Instant.ofEpochSecond(second).toString());
        }
        for (int round = 0; round < 20_000; round++) {
            long second = YEAR_0 + random.nextLong(YEAR_9999 - YEAR_0 + 1);
            assertThat(Rfc3339.format(second))
                    .as("seed 402, round %d", round)
                    .isEqualTo(Instant.ofEpochSecond(second).toString());
        }
        for (long day = 0; day < 146_097; day++) {
            long second = 951_868_800 + day * 86_400;
            assertThat(Rfc3339.format(second))
                    .isEqualTo(Instant.ofEpochSecond(second).toString());
        }
    }

    @Test
    @DisplayName("write what another parser reads back, all in ASCII")
    void writeJson() throws Exception {
        Random random = new Random(402);
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                text.appendCodePoint(random.nextInt(4) == 0 ? random.nextInt(0xd800) : random.nextInt(0x80));
            }
            String json = new JsonObject()
                    .put(text.toString(), text.toString())
                    .put("n", Long.MIN_VALUE)
                    .put("null", null)
                    .toString();
            assertThat(json).as("seed 402, round %d", round).matches("[\\x20-\\x7e]*");
            JsonNode read = new ObjectMapper().readTree(json);
            assertThat(read.required(text.toString()).asText()).isEqualTo(text.toString());
            assertThat(read.required("n").asLong()).isEqualTo(Long.MIN_VALUE);
            assertThat(read.required("null").isNull()).isTrue();
        }
        assertThat(new JsonObject()).hasToString("{}");
        assertThat(new JsonObject().put("a", "😀\"\\\n")).hasToString("{\"a\":\"\\ud83d\\ude00\\\"\\\\\\u000a\"}");
    }
}
