package org.lsat.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lsat.testkit.Vectors;

@DisplayName("Vectors of l402-own.json: a token that one release minted verifies on the next")
final class OwnVectorsTest {

    private static final HexFormat HEX = HexFormat.of();

    static Stream<JsonNode> tokens() {
        return Vectors.rows("l402-own.json", "tokens");
    }

    private static Secret secret(JsonNode row) {
        return Secret.of(row.required("secret").asText());
    }

    private static RootKeys keys(JsonNode row) {
        return RootKeys.derive(
                row.required("realm").asText(), row.required("network").asText(), secret(row), List.of());
    }

    private static String product(JsonNode row) {
        String services = row.required("minted").get(0).asText();
        return services.substring("services=".length(), services.lastIndexOf(':'));
    }

    private static long validUntil(JsonNode row) {
        return Long.parseLong(String.valueOf(
                Caveat.parse(row.required("minted").get(1).asText()).value()));
    }

    private static Macaroon mint(JsonNode row) {
        byte[] noise = HEX.parseHex(row.required("random").asText());
        return keys(row)
                .mint(
                        PaymentHash.ofHex(row.required("paymentHash").asText()),
                        new RootKeys.Purchase(
                                product(row),
                                row.required("uses").asLong(),
                                row.path("depositMsat").asLong(),
                                row.required("amountMsat").asLong(),
                                row.path("complimentary").asBoolean()),
                        validUntil(row),
                        new FixedRandom(noise));
    }

    private static Credential credential(JsonNode row) {
        return new Credential(
                Tokens.decode(row.required("macaroon").asText()),
                Preimage.ofHex(row.required("preimage").asText()));
    }

    @ParameterizedTest
    @MethodSource("tokens")
    @DisplayName("secret → realm key → key id → root key → identifier")
    void fromSecretToIdentifier(JsonNode row) {
        byte[] realmKey = RootKeys.realmKeyBytes(
                row.required("realm").asText(), row.required("network").asText(), secret(row));
        assertThat(HEX.formatHex(realmKey)).isEqualTo(row.required("realmKey").asText());

        Macaroon minted = mint(row);
        Identifier identifier = Identifier.ofGenuine(minted);
        TokenId tokenId = identifier.tokenId();
        assertThat(HEX.toHexDigits(tokenId.keyId()))
                .isEqualTo(row.required("keyId").asText());
        assertThat(tokenId.hex()).isEqualTo(row.required("tokenId").asText());
        assertThat(tokenId.uses()).isEqualTo(row.required("uses").asLong());
        assertThat(tokenId.depositMsat()).isEqualTo(row.path("depositMsat").asLong());
        assertThat(tokenId.isComplimentary())
                .isEqualTo(row.path("complimentary").asBoolean());
        assertThat(tokenId.amountMsat()).isEqualTo(row.required("amountMsat").asLong());
        assertThat(identifier.hex()).isEqualTo(row.required("identifier").asText());
        assertThat(minted.isSignedWith(HEX.parseHex(row.required("rootKey").asText())))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("tokens")
    @DisplayName(
            "mint reproduces the minted caveats, and narrowing the signature after each further one, to the last byte")
    void mintingAndNarrowingReproduceTheBytes(JsonNode row) {
        Macaroon macaroon = mint(row);
        List<String> caveats = new ArrayList<>();
        for (int i = 0; i < macaroon.caveatCount(); i++) {
            caveats.add(macaroon.caveat(i).toString());
        }
        List<String> expected = new ArrayList<>();
        row.required("minted").forEach(caveat -> expected.add(caveat.asText()));
        assertThat(caveats).isEqualTo(expected);

        JsonNode signatures = row.required("signatures");
        int at = macaroon.caveatCount();
        assertThat(HEX.formatHex(macaroon.signature()))
                .isEqualTo(signatures.get(at).asText());
        for (JsonNode added : row.required("addedByHolder")) {
            macaroon = macaroon.narrow(Caveat.parse(added.asText()));
            assertThat(HEX.formatHex(macaroon.signature()))
                    .isEqualTo(signatures.get(++at).asText());
        }
        assertThat(signatures).hasSize(at + 1);
        assertThat(HEX.formatHex(macaroon.bytes()))
                .isEqualTo(row.required("macaroonHex").asText());
        assertThat(macaroon.base64()).isEqualTo(row.required("macaroon").asText());
        assertThat(macaroon.bytes()).hasSize(row.required("bytes").asInt());
    }

    @ParameterizedTest
    @MethodSource("tokens")
    @DisplayName("the first signatures, before and after the first caveat, are those of the written-out chain")
    void theFirstSignatures(JsonNode row) {
        Macaroon bare = Macaroon.mint(
                HEX.parseHex(row.required("rootKey").asText()),
                "lsat",
                HEX.parseHex(row.required("identifier").asText()),
                List.of());
        assertThat(HEX.formatHex(bare.signature()))
                .isEqualTo(row.required("signatures").get(0).asText());
        Macaroon one = bare.narrow(Caveat.parse(row.required("minted").get(0).asText()));
        assertThat(HEX.formatHex(one.signature()))
                .isEqualTo(row.required("signatures").get(1).asText());
    }

    @ParameterizedTest
    @MethodSource("tokens")
    @DisplayName("verify, open their product, and do so until the holder's end and limit")
    void verifyAndOpen(JsonNode row) {
        Credential credential = credential(row);
        assertThat(keys(row).isGenuine(credential)).isTrue();
        Terms terms = Terms.of(credential, product(row));
        assertThat(terms.standing()).isEqualTo(Terms.Standing.OPENS);
        assertThat(terms.mintedUntil()).isEqualTo(validUntil(row));
        boolean narrowed = !row.required("addedByHolder").isEmpty();
        assertThat(terms.validUntil()).isEqualTo(narrowed ? 1_893_000_000 : validUntil(row));
        long bought = row.required("uses").asLong();
        assertThat(terms.limit(bought)).isEqualTo(narrowed ? 10 : bought);
    }

    @ParameterizedTest
    @MethodSource("tokens")
    @DisplayName("do not verify with the keys of another realm, network or secret")
    void doNotVerifyElsewhere(JsonNode row) {
        String realm = row.required("realm").asText();
        String network = row.required("network").asText();
        Credential credential = credential(row);
        assertThat(List.of(
                        RootKeys.derive(realm + "x", network, secret(row), List.of()),
                        RootKeys.derive(realm, "tb", secret(row), List.of()),
                        RootKeys.derive(realm, network, Tokens.secret(1), List.of())))
                .noneMatch(keys -> keys.isGenuine(credential));
    }

    /** Gives these bytes and no others. */
    private static final class FixedRandom implements RandomGenerator {
        private final byte[] bytes;

        FixedRandom(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] target) {
            assertThat(target).hasSameSizeAs(bytes);
            System.arraycopy(bytes, 0, target, 0, bytes.length);
        }

        @Override
        public long nextLong() {
            throw new AssertionError("only bytes are drawn");
        }
    }
}
