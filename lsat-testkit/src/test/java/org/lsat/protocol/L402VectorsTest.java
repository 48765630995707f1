package org.lsat.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lsat.testkit.Vectors;

/**
 * Their token ids are not in this project's form, so that nothing here may ask {@link RootKeys}: signature and caveats are
 * judged by themselves.
 */
@DisplayName("Vectors of l402.json and l402-derived.json")
final class L402VectorsTest {

    private static final JsonNode L402 = Vectors.file("l402.json");
    private static final JsonNode DERIVED = Vectors.file("l402-derived.json");
    private static final HexFormat HEX = HexFormat.of();

    /** A time at which the tokens that are not expired are good. */
    private static final long NOW = 1_750_000_000;

    private static String text(String name) {
        return L402.required(name).asText();
    }

    private static byte[] hex(String name) {
        return HEX.parseHex(text(name));
    }

    @Test
    @DisplayName("v3: from root key to bytes, and the signature after each caveat")
    void v3FromRootKeyToBytes() {
        Macaroon macaroon = Macaroon.mint(hex("v3_root"), "lsat", hex("v3_id"), List.of());
        assertThat(HEX.formatHex(macaroon.signature())).isEqualTo(text("v3_sig0"));
        for (String caveat : List.of(
                "services=service1:0", "service1_capabilities=add,subtract", "service1_valid_until=1893456000")) {
            macaroon = macaroon.narrow(Caveat.parse(caveat));
            assertThat(HEX.formatHex(macaroon.signature())).isEqualTo(text("v3_sig_" + caveat));
        }
        assertThat(HEX.formatHex(macaroon.bytes())).isEqualTo(text("v3_hex"));
        assertThat(macaroon.base64()).isEqualTo(text("v3_b64"));
        assertThat(macaroon.bytes()).hasSize(L402.required("v3_len").asInt());

        Macaroon paid = macaroon.narrow(new Caveat(Caveat.PREIMAGE, text("v3_preimage")));
        assertThat(HEX.formatHex(paid.bytes())).isEqualTo(text("v3_paid_hex"));
        assertThat(HEX.formatHex(paid.signature())).isEqualTo(text("v3_paid_sig"));
    }

    @Test
    @DisplayName("v3: the identifier holds the payment hash of its preimage, and the token id")
    void v3Identifier() {
        Identifier identifier = Identifier.of(Tokens.decode(text("v3_b64"))).orElseThrow();
        assertThat(identifier.hex()).isEqualTo(text("v3_id"));
        assertThat(identifier.tokenId().hex()).isEqualTo(text("v3_token"));
        assertThat(identifier.paymentHash().hex()).isEqualTo(text("v3_hash"));
        assertThat(Preimage.ofHex(text("v3_preimage")).hash()).isEqualTo(identifier.paymentHash());
    }

    @Test
    @DisplayName("v4: an empty capabilities list, as aperture mints it, is signed and allows nothing")
    void v4EmptyCapabilities() {
        Macaroon macaroon = Tokens.decode(hex("v4_hex"));
        Terms terms = Terms.of(new Credential(macaroon, Preimage.ofHex(text("v3_preimage"))), "service1");
        assertThat(macaroon.base64()).isEqualTo(text("v4_b64"));
        assertThat(macaroon.isSignedWith(new byte[32])).isTrue();
        assertThat(terms.allows("add")).isFalse();
        assertThat(macaroon.caveat(1)).isEqualTo(new Caveat("service1_capabilities", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"t1_hex", "t2_hex", "t1_base"})
    @DisplayName("t1, t2: an identifier that is too short parses, and is refused as no token of L402")
    void tooShortIdentifiersParseAndAreRefused(String name) {
        Macaroon macaroon = Tokens.decode(hex(name));
        assertThat(Identifier.of(macaroon)).isEmpty();
        assertThat(Tokens.keys(1).isGenuine(Tokens.paid(macaroon))).isFalse();
        assertThat(macaroon.bytes()).isEqualTo(hex(name));
    }

    @Test
    @DisplayName("t1: base64, signature and the hash of its preimage")
    void t1() {
        Macaroon macaroon = Tokens.decode(text("t1_b64"));
        assertThat(macaroon.bytes()).isEqualTo(hex("t1_hex"));
        assertThat(HEX.formatHex(macaroon.signature())).isEqualTo(text("t1_sig"));
        Caveat preimage = macaroon.caveat(0);
        assertThat(preimage.condition()).isEqualTo(Caveat.PREIMAGE);
        assertThat(Preimage.ofHex(String.valueOf(preimage.value())).hash().hex())
                .isEqualTo(text("t1_hash"));
        assertThat(Tokens.decode(text("t2_b64")).bytes()).isEqualTo(hex("t2_hex"));
    }

    static Stream<String> derived() {
        return DERIVED.properties().stream().map(java.util.Map.Entry::getKey);
    }

    private static boolean opens(Macaroon macaroon) {
        Credential credential = new Credential(macaroon, Preimage.ofHex(text("v3_preimage")));
        if (Identifier.of(macaroon).isEmpty() || !macaroon.isSignedWith(hex("v3_root"))) {
            return false;
        }
        Terms terms = Terms.of(credential, "service1");
        // p3 and p4 hold no end later than v3's; aperture's services may have none at all, ours may not.
        return terms.standing() == Terms.Standing.OPENS && terms.allows("add") && NOW < terms.validUntil();
    }

    @ParameterizedTest
    @MethodSource("derived")
    @DisplayName("derived tokens: p… open service1 and n… do not; p5, which names no rule, is refused here")
    void derivedTokens(String name) {
        JsonNode row = DERIVED.required(name);
        byte[] bytes = Base64.getDecoder().decode(row.required("b64").asText());
        Macaroon macaroon = Tokens.decode(bytes);
        assertThat(bytes).hasSize(row.required("len").asInt());
        if (row.has("sig")) {
            assertThat(HEX.formatHex(macaroon.signature()))
                    .isEqualTo(row.required("sig").asText());
        }
        assertThat(opens(macaroon)).isEqualTo(name.startsWith("p") && !name.equals("p5_no_caveats"));
    }

    @Test
    @DisplayName("a derived token that is for another service is told apart from one that is invalid")
    void wrongServiceIsNotInvalid() {
        Macaroon demoted = Tokens.decode(
                DERIVED.required("n4_demote_other").required("b64").asText());
        Credential credential = new Credential(demoted, Preimage.ofHex(text("v3_preimage")));
        assertThat(Terms.of(credential, "service1").standing()).isEqualTo(Terms.Standing.OTHER_PRODUCT);
    }

    @Test
    @DisplayName("the worked example of the L402 document: with the key derivation, which the document leaves out")
    void theWorkedExampleOfTheDocument() {
        Macaroon macaroon =
                Macaroon.mint(new byte[32], "", "example-id".getBytes(StandardCharsets.US_ASCII), List.of());
        assertThat(HEX.formatHex(macaroon.signature())).isEqualTo(text("spec_real_sig0"));
        macaroon = macaroon.narrow(Caveat.parse("account = 12345"));
        assertThat(HEX.formatHex(macaroon.signature())).isEqualTo(text("spec_real_sig1"));
        macaroon = macaroon.narrow(Caveat.parse("valid_until = 1700000000"));
        assertThat(HEX.formatHex(macaroon.signature())).isEqualTo(text("spec_real_sig2"));

        byte[] naive = new byte[HmacSha256.LENGTH];
        byte[] identifier = macaroon.identifier();
        new HmacSha256().mac(naive, identifier, 0, identifier.length, naive);
        assertThat(HEX.formatHex(naive)).isEqualTo(text("spec_naive_sig0"));
    }
}
