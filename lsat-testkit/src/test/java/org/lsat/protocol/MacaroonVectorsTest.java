package org.lsat.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lsat.testkit.Vectors;

@DisplayName("Vectors of macaroon.json")
final class MacaroonVectorsTest {

    private static final HexFormat HEX = HexFormat.of();

    static Stream<JsonNode> valid() {
        return Vectors.rows("macaroon.json", "vectors");
    }

    static Stream<JsonNode> invalid() {
        return Vectors.rows("macaroon.json", "invalid");
    }

    private static List<byte[]> caveats(JsonNode row) {
        List<byte[]> caveats = new ArrayList<>();
        row.required("caveatsHex").forEach(hex -> caveats.add(HEX.parseHex(hex.asText())));
        return caveats;
    }

    @ParameterizedTest
    @MethodSource("valid")
    @DisplayName("a valid one is read, holds what was put in, is signed, and is written again byte for byte")
    void aValidOneIsReadAndWrittenAgain(JsonNode row) {
        byte[] bytes = Base64.getDecoder().decode(row.required("v2Base64").asText());
        byte[] identifier = HEX.parseHex(row.required("identifierHex").asText());
        byte[] rootKey = HEX.parseHex(row.required("rootKeyHex").asText());
        Macaroon macaroon = Tokens.decode(bytes.clone());
        List<byte[]> read = new ArrayList<>();
        for (int i = 0; i < macaroon.caveatCount(); i++) {
            assertThat(macaroon.isThirdParty(i)).isFalse();
            read.add(macaroon.caveatBytes(i));
        }

        assertThat(bytes).hasSize(row.required("v2Length").asInt());
        assertThat(macaroon.location()).isEqualTo(row.required("location").asText());
        assertThat(macaroon.identifier()).isEqualTo(identifier);
        assertThat(read).usingRecursiveComparison().isEqualTo(caveats(row));
        assertThat(HEX.formatHex(macaroon.signature()))
                .isEqualTo(row.required("signatureHex").asText());
        assertThat(macaroon.isSignedWith(rootKey)).isTrue();
        assertThat(macaroon.isSignedWith(identifier)).isFalse();
        assertThat(MacaroonCodec.encode(
                                macaroon.location().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                identifier,
                                read,
                                macaroon.signature())
                        .bytes())
                .isEqualTo(bytes);
        assertThat(macaroon.base64()).isEqualTo(row.required("v2Base64").asText());
    }

    @ParameterizedTest
    @MethodSource("valid")
    @DisplayName("a valid one is what a minted one, narrowed caveat by caveat, becomes")
    void aValidOneIsWhatNarrowingMakes(JsonNode row) {
        Macaroon macaroon = Macaroon.mint(
                HEX.parseHex(row.required("rootKeyHex").asText()),
                row.required("location").asText(),
                HEX.parseHex(row.required("identifierHex").asText()),
                List.of());
        for (JsonNode caveat : row.required("caveats")) {
            macaroon = macaroon.narrow(Caveat.parse(caveat.asText()));
        }
        assertThat(macaroon.base64()).isEqualTo(row.required("v2Base64").asText());
    }

    @ParameterizedTest
    @MethodSource("valid")
    @DisplayName("base64 is read in both alphabets, padded or not")
    void base64IsReadInBothAlphabets(JsonNode row) {
        String standard = row.required("v2Base64").asText();
        byte[] bytes = Base64.getDecoder().decode(standard);
        String url = row.required("v2Base64Url").asText();
        for (String text : List.of(
                standard, standard.replace("=", ""), url, Base64.getUrlEncoder().encodeToString(bytes))) {
            assertThat(Base64Text.decode(' ' + text + ' ', 1, 1 + text.length()))
                    .as(text)
                    .isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @MethodSource("invalid")
    @DisplayName("an invalid one is refused, or read and not signed")
    void anInvalidOneIsRefused(JsonNode row) {
        Macaroon macaroon = MacaroonCodec.decode(
                Base64.getDecoder().decode(row.required("bytesBase64").asText()));
        boolean parses = row.required("npmMacaroonVerdict").asText().startsWith("parses");
        boolean shortSignature = row.required("name").asText().equals("signature of 31 bytes");
        assertThat(macaroon != null).isEqualTo(parses && !shortSignature);
        if (macaroon != null) {
            assertThat(macaroon.isSignedWith(
                            HEX.parseHex(row.required("rootKeyHex").asText())))
                    .isFalse();
        }
    }
}
