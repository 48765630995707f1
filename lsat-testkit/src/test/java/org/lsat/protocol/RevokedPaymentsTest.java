package org.lsat.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Revoked payments")
final class RevokedPaymentsTest {

    private static final String HASH = "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210";

    private static RevokedPayments of(String... prefixes) {
        return RevokedPayments.of(Arrays.stream(prefixes)
                .map(hex -> RevokedPayments.Prefix.parse(hex).orElseThrow())
                .toList());
    }

    @Test
    @DisplayName("are those whose hash begins with 8 to 64 digits of the list, and no others")
    void areThoseThatBeginSo() {
        PaymentHash payment = PaymentHash.ofHex(HASH);
        for (int digits = 8; digits <= 64; digits++) {
            String prefix = HASH.substring(0, digits);
            char last = HASH.charAt(digits - 1);
            String other = HASH.substring(0, digits - 1) + (last == '0' ? '1' : '0');
            assertThat(of(prefix).contain(payment)).as(prefix).isTrue();
            assertThat(of(prefix.toUpperCase(java.util.Locale.ROOT)).contain(payment))
                    .as(prefix)
                    .isTrue();
            assertThat(of(other).contain(payment)).as(other).isFalse();
            assertThat(of(other, prefix, other).contain(payment)).as(prefix).isTrue();
        }
        assertThat(RevokedPayments.NONE.contain(payment)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ffffffff, ffffffff00, true",
        "ffffffff, fffffffe00, false",
        "7fffffff, 7fffffff00, true",
        "80000000, 8000000000, true",
        "00000000, 0000000000, true",
        "00000000, 0000000100, false"
    })
    @DisplayName("begin with any digits, the lowest and the highest, too")
    void beginWithAnyDigits(String prefix, String payment, boolean revoked) {
        RevokedPayments list = of("7fffffff1", "80000000f", "12345678", "ffffffff9", "00000000a", prefix);
        assertThat(list.contain(PaymentHash.ofHex(payment + "0".repeat(54)))).isEqualTo(revoked);
    }

    @Test
    @DisplayName("are found as by looking at each, in lists of many that begin alike")
    void areFoundAsByLookingAtEach() {
        Random random = new Random(402);
        for (int round = 0; round < 300; round++) {
            List<String> prefixes = new ArrayList<>();
            for (int count = random.nextInt(40); count > 0; count--) {
                prefixes.add(hex(random).substring(0, 8 + random.nextInt(57)));
            }
            RevokedPayments list = of(prefixes.toArray(String[]::new));
            for (int ask = 0; ask < 40; ask++) {
                String payment = prefixes.isEmpty() || random.nextBoolean()
                        ? hex(random)
                        : padded(prefixes.get(random.nextInt(prefixes.size())), random);
                assertThat(list.contain(PaymentHash.ofHex(payment)))
                        .as("seed 402, round %d: %s", round, payment)
                        .isEqualTo(prefixes.stream().anyMatch(payment::startsWith));
            }
        }
    }

    /** Few begin differently. */
    private static String hex(Random random) {
        StringBuilder hex = new StringBuilder();
        while (hex.length() < 64) {
            hex.append(random.nextInt(4) == 0 ? "f" : "0");
        }
        return hex.toString();
    }

    private static String padded(String prefix, Random random) {
        return prefix + hex(random).substring(prefix.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0011223", "0011223g", "0x112233", "00112233 ", "\u0660\u0660112233", HASH_65})
    @DisplayName("are named by 8 to 64 hex digits, and by nothing else")
    void areNamedByHexDigits(String text) {
        assertThat(RevokedPayments.Prefix.parse(text)).isEmpty();
    }

    private static final String HASH_65 = HASH + "0";

    @Test
    @DisplayName("are counted once, and do not print")
    void areCountedOnce() {
        assertThat(of(HASH, HASH, "00112233").size()).isEqualTo(2);
        assertThat(of(HASH).toString()).isEqualTo("RevokedPayments[1]");
    }
}
