package org.lsat.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lsat.testkit.Vectors;

@DisplayName("Vectors of aperture.json: tokens that aperture minted over invoices of LND")
final class ApertureVectorsTest {

    static Stream<JsonNode> tokens() {
        return Vectors.rows("aperture.json", "tokens");
    }

    @ParameterizedTest
    @MethodSource("tokens")
    @DisplayName("parse, hold what aperture says of them, and are signed with the stored root key")
    void parseAndAreSigned(JsonNode row) {
        Macaroon macaroon = Tokens.decode(row.required("macaroon").asText());
        JsonNode said = row.required("identifier");
        Identifier identifier = Identifier.of(macaroon).orElseThrow();

        assertThat(macaroon.isSignedWith(
                        HexFormat.of().parseHex(row.required("rootKey").asText())))
                .isTrue();
        assertThat(macaroon.location()).isEqualTo(row.required("location").asText());
        assertThat(identifier.paymentHash().hex())
                .isEqualTo(said.required("paymentHash").asText());
        assertThat(identifier.tokenId().hex())
                .isEqualTo(said.required("tokenId").asText());
        assertThat(HexFormat.of().formatHex(macaroon.signature()))
                .isEqualTo(row.required("signature").asText());
        assertThat(macaroon.caveatCount()).isEqualTo(row.required("caveats").size());
        for (int i = 0; i < macaroon.caveatCount(); i++) {
            assertThat(macaroon.caveat(i))
                    .hasToString(row.required("caveats").get(i).asText());
        }
    }

    @ParameterizedTest
    @MethodSource("tokens")
    @DisplayName("are paid with the preimage of their invoice")
    void arePaid(JsonNode row) throws Bolt11Exception {
        PaymentHash paid = Preimage.ofHex(row.required("preimage").asText()).hash();
        assertThat(paid.hex())
                .isEqualTo(row.required("identifier").required("paymentHash").asText());
        assertThat(Bolt11.parse(row.required("invoice").asText()).paymentHash()).isEqualTo(paid);
    }

    @ParameterizedTest
    @MethodSource("tokens")
    @DisplayName("open nothing here: their keys are not ours")
    void openNothingHere(JsonNode row) {
        Credential credential = new Credential(
                Tokens.decode(row.required("macaroon").asText()),
                Preimage.ofHex(row.required("preimage").asText()));
        assertThat(Tokens.keys(1).isGenuine(credential)).isFalse();
    }
}
