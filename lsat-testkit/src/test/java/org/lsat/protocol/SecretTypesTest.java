package org.lsat.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Secrets have types that do not print")
final class SecretTypesTest {

    @Test
    @DisplayName("a preimage, a secret, a macaroon and a credential print nothing of themselves")
    void nothingIsPrinted() {
        Macaroon macaroon = Tokens.pass();
        assertThat(Tokens.PREIMAGE).hasToString("Preimage[redacted]");
        assertThat(Tokens.secret(1)).hasToString("Secret[redacted]");
        assertThat(macaroon).hasToString("Macaroon[2 caveats]");
        assertThat(Tokens.paid(macaroon))
                .hasToString("Credential[macaroon=Macaroon[2 caveats], preimage=Preimage[redacted]]");
    }

    @Test
    @DisplayName("a payment prints eight hex digits, wherever it stands")
    void aPaymentPrintsEightDigits() {
        PaymentHash hash = Tokens.PREIMAGE.hash();
        assertThat(hash).hasToString(hash.hex().substring(0, 8));
        assertThat(Identifier.ofGenuine(Tokens.pass())).hasToString("Identifier[" + hash.prefix() + "]");
    }

    @Test
    @DisplayName("a secret is the UTF-8 bytes of its text as written, 32 at least")
    void aSecretIsItsUtf8Bytes() {
        String text = "ключ ключ ключ ключ";
        assertThat(Secret.of(text)).isEqualTo(Secret.of(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(Secret.of(text)).isNotEqualTo(Secret.of(text + " ")).hasSameHashCodeAs(Secret.of(text));
        assertThatThrownBy(() -> Secret.of("x".repeat(31)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("xx");
    }

    @Test
    @DisplayName("a payment hash is a value: equal, ordered as its bytes are, written as it was read")
    void aPaymentHashIsAValue() {
        PaymentHash low = PaymentHash.ofHex("00".repeat(31) + "01");
        PaymentHash high = PaymentHash.ofHex("ff" + "00".repeat(31));
        assertThat(low).isEqualTo(PaymentHash.at(low.bytes(), 0)).isLessThan(high);
        assertThat(high).isEqualByComparingTo(PaymentHash.at(high.bytes(), 0));
        assertThat(high.hex()).startsWith("ff00");
        assertThat(high.equalsAt(high.bytes(), 0)).isTrue();
        assertThat(high.equalsAt(low.bytes(), 0)).isFalse();
        assertThatThrownBy(() -> PaymentHash.ofHex("00")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Preimage.ofHex("00")).isInstanceOf(IllegalArgumentException.class);
    }
}
