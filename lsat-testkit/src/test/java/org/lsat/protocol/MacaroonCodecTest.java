package org.lsat.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Macaroon bytes (wire.md section 4)")
final class MacaroonCodecTest {

    private static final String SIGNATURE = " 06 20 " + "ab".repeat(32);

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex((hex + SIGNATURE).replace(" ", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "02 01 01 41 02 01 42 00 00",
                "02 02 01 42 00 00",
                "02 02 00 00 00",
                "02 01 00 02 01 42 00 00",
                "02 02 01 42 00 02 01 43 00 00",
                "02 02 01 42 00 02 00 00 00",
                "02 02 01 42 00 02 01 43 04 01 44 00 00",
                "02 02 01 42 00 01 01 4c 02 01 43 04 01 44 00 00"
            })
    @DisplayName("the layout is read, and written again byte for byte")
    void theLayoutIsRead(String hex) {
        byte[] bytes = bytes(hex);
        Macaroon macaroon = Tokens.decode(bytes.clone());
        assertThat(macaroon.bytes()).isEqualTo(bytes);
        assertThat(macaroon.signature()).containsOnly(0xab);
        assertThat(macaroon.location().length()).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01 02 01 42 00 00",
                "03 02 01 42 00 00",
                "02 00 00",
                "02 01 01 41 00 00",
                "02 02 01 42 01 01 41 00 00",
                "02 02 01 42 02 01 42 00 00",
                "02 02 01 42 00",
                "02 02 01 42 00 00 00",
                "02 02 81 00 42 00 00",
                "02 02 80 00 00 00",
                "02 02 81 80 80 80 10 42 00 00",
                "02 02 81 80 80 80 80 00 42 00 00",
                "02 02 ff ff ff ff 0f 42 00 00",
                "02 02 01 42 00 01 01 4c 02 01 43 00 00",
                "02 02 01 42 00 02 01 43 00 01 01 4c 00 00",
                "02 02 01 42 00 04 01 44 00 00",
                "02 02 01 42 00 02 01 43 04 01 44 04 01 44 00 00",
                "02 02 01 42 00 05 01 43 00 00",
                "02 02 01 42 00 02 01 43 00 00 00"
            })
    @DisplayName("versions, orders, varints and sections that are not the layout are refused")
    void whatIsNotTheLayoutIsRefused(String hex) {
        assertThat(MacaroonCodec.decode(bytes(hex))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7b2276223a322c2269223a2278222c2273223a2241227d",
                "303031316c6f636174696f6e206c7361740a",
                "02",
                "",
                "020201420000",
                "02020142000006",
                "0202014200000621" + "ab" + "abababababababababababababababababababababababababababababababab",
                "020201420000061f" + "ababababababababababababababababababababababababababababababab"
            })
    @DisplayName("JSON, V1, cut off, and signatures of another length are refused")
    void otherFormsAreRefused(String hex) {
        assertThat(MacaroonCodec.decode(HexFormat.of().parseHex(hex))).isNull();
    }

    @Test
    @DisplayName("every prefix of a macaroon, and every byte behind it, is refused")
    void everyPrefixIsRefused() {
        byte[] whole = Tokens.narrowed(Tokens.pass(), "a=b").bytes();
        for (int length = 0; length < whole.length; length++) {
            assertThat(MacaroonCodec.decode(java.util.Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isNull();
        }
        assertThat(MacaroonCodec.decode(java.util.Arrays.copyOf(whole, whole.length + 1)))
                .isNull();
    }

    @Test
    @DisplayName("lengths on both sides of each varint's border are written and read")
    void lengthsOnBothSidesOfABorder() {
        for (int length : List.of(0, 1, 126, 127, 128, 129, 16_383, 16_384, 70_000)) {
            Macaroon minted = Macaroon.mint(new byte[32], "x".repeat(length), new byte[length], List.of());
            Macaroon narrowed = minted.narrow(new Caveat("y".repeat(length), null));
            assertThat(Tokens.decode(narrowed.bytes()).caveatBytes(0)).hasSize(length);
            assertThat(narrowed.location()).hasSize(length);
            assertThat(narrowed.identifier()).hasSize(length);
            assertThat(narrowed.isSignedWith(new byte[32])).isTrue();
        }
    }

    @Test
    @DisplayName("caveats of any number are kept in order")
    void caveatsAreKeptInOrder() {
        Macaroon macaroon = Tokens.pass();
        for (int i = 2; i < 200; i++) {
            macaroon = macaroon.narrow(new Caveat("c", Integer.toString(i)));
        }
        assertThat(macaroon.caveatCount()).isEqualTo(200);
        assertThat(macaroon.caveat(199)).isEqualTo(new Caveat("c", "199"));
        assertThat(macaroon.longestCaveat()).isEqualTo("forecast_valid_until=1893456000".length());
    }

    @Test
    @DisplayName("what a macaroon hands out are copies")
    void whatItHandsOutAreCopies() {
        Macaroon macaroon = Tokens.pass();
        macaroon.bytes()[0] = 9;
        macaroon.signature()[0]++;
        macaroon.identifier()[5]++;
        macaroon.caveatBytes(0)[0]++;
        assertThat(Tokens.keys(1).isGenuine(Tokens.paid(macaroon))).isTrue();
    }
}
