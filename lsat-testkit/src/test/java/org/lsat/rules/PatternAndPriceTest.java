package org.lsat.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Patterns and prices")
final class PatternAndPriceTest {

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/a/b", "/a/*", "/*", "*.csv", "/a.b-c_d~e", "/a:b@c", "/%"})
    @DisplayName("a pattern is written as it was read, or refused")
    void aPatternIsWrittenAsItWasRead(String text) {
        assertThat(PathPattern.parse(text).map(PathPattern::toString).orElse("/%"))
                .isEqualTo(text);
    }

    @Test
    @DisplayName("what is allowed in a path names every character that is not")
    void whatIsAllowedNamesWhatIsNot() {
        for (char c = 0x20; c < 0x7f; c++) {
            if (PathPattern.parse("/a" + c + "b").isEmpty()) {
                assertThat(PathPattern.ALLOWED).contains(c == ' ' ? "without spaces" : String.valueOf(c));
            }
        }
        assertThat(PathPattern.parse("/my api/x")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10 sat, 10000, 10 sat, 10",
        "1500 msat, 1500, 1500 msat, 2",
        "1 msat, 1, 1 msat, 1",
        "2000 msat, 2000, 2 sat, 2",
        "2100000000000000 sat, 2100000000000000000, 2100000000000000 sat, 2100000000000000",
        "free, 0, free, 0",
        "007 sat, 7000, 7 sat, 7"
    })
    @DisplayName("a price is read, and rounded up to whole satoshi")
    void aPriceIsRead(String text, long msat, String written, long sats) {
        Price price = Price.parse(text).orElseThrow();
        assertThat(price.amountMsat()).isEqualTo(msat);
        assertThat(price).hasToString(written);
        assertThat(price.sats()).isEqualTo(sats);
        assertThat(price.isFree()).isEqualTo(msat == 0);
    }

    @Test
    @DisplayName("a price is neither negative nor more than there is")
    void aPriceHasBounds() {
        assertThatThrownBy(() -> new Price(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Price(2_100_000_000_000_000_001L)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/%c3%bc, true",
        "/%C3%BC, true",
        "/%e2%82%ac, true",
        "/%f0%9f%98%80, true",
        "/%20, true",
        "/a%3ab, true",
        "/%c0%af, false",
        "/%c1%9c, false",
        "/%e0%80%af, false",
        "/%f0%80%80%af, false",
        "/%ed%a0%80, false",
        "/%f4%90%80%80, false",
        "/%f8%88%80%80%80, false",
        "/%80, false",
        "/%c3, false",
        "/%c3a, false",
        "/%c3%28, false",
        "/%e2%82, false",
        "/%u002f, false",
        "/%2f, false",
        "/%5C, false",
        "/%2E, false",
        "/%25, false",
        "/%3b, false",
        "/%0a, false",
        "/%7f, false",
        "/%, false",
        "/%4, false",
        "/ü, false",
        "/a?b, false",
        "/a#b, false",
        "/a;b, false",
        "/a/, true",
        "/..., true",
        "/.a/a./..a, true",
        "/a/., false",
        "/a/.., false",
        "/a/./b, false",
        "*, false",
        "'', false",
        "http://h/a, false"
    })
    @DisplayName("a target is canonical or refused; percent-encoding must be UTF-8 in its shortest form")
    void aTargetIsCanonicalOrRefused(String target, boolean canonical) {
        assertThat(RequestTarget.isCanonical(target)).isEqualTo(canonical);
    }

    @Test
    @DisplayName("of all octets a target may encode 0x20 to 0x7e without / \\ . % ; and no other one by itself")
    void ofAllOctets() {
        for (int octet = 0; octet < 256; octet++) {
            boolean allowed = octet >= 0x20 && octet < 0x7f && "/\\.%;".indexOf(octet) < 0;
            assertThat(RequestTarget.isCanonical("/a%%%02xb".formatted(octet)))
                    .as("%02x", octet)
                    .isEqualTo(allowed);
        }
        for (char c = 0; c < 0x180; c++) {
            boolean allowed = c > 0x20 && c < 0x7f && ";\\#?%".indexOf(c) < 0;
            assertThat(RequestTarget.isCanonical("/a" + c + "b"))
                    .as("%04x", (int) c)
                    .isEqualTo(allowed);
        }
    }

    @Test
    @DisplayName("every character is canonical in the UTF-8 that Java writes")
    void everyCharacter() {
        for (int c = 0x80; c <= Character.MAX_CODE_POINT; c += c < 0x900 ? 1 : 101) {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                continue;
            }
            StringBuilder target = new StringBuilder("/");
            for (byte octet : Character.toString(c).getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
                target.append("%%%02x".formatted(octet & 0xff));
            }
            assertThat(RequestTarget.isCanonical(target.toString()))
                    .as(target.toString())
                    .isTrue();
        }
    }
}
