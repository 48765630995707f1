package org.lsat.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lsat.protocol.Bolt11;
import org.lsat.protocol.Bolt11Exception;
import org.lsat.protocol.PaymentHash;
import org.lsat.protocol.Preimage;

class Bolt11VectorsTest {

    /** Their reasons in our words. */
    private static final Map<String, String> REASONS = Map.of(
            "unknown even feature bit 100", "demands the unknown feature 100",
            "checksum", "the checksum does not hold",
            "no separator", "",
            "mixed case", "case",
            "not recoverable", "no key can have made the signature",
            "too short", "",
            "invalid multiplier", "multiplier",
            "sub-millisatoshi precision", "finer than a millisatoshi",
            "no payment secret", "no payment secret",
            "high-S signature with n field", "the signature's S is high");

    static Stream<Named<JsonNode>> valid() {
        return Bolt11Vectors.rows("valid");
    }

    static Stream<Named<JsonNode>> invalid() {
        return Bolt11Vectors.rows("invalid");
    }

    /** Simnet is a network of one implementation's tests; no configuration names it. */
    static Stream<Named<JsonNode>> own() {
        return Bolt11Vectors.rows("own").filter(row -> !isSimnet(row));
    }

    static Stream<Named<JsonNode>> simnet() {
        return Bolt11Vectors.rows("own").filter(Bolt11VectorsTest::isSimnet);
    }

    private static boolean isSimnet(Named<JsonNode> row) {
        return row.getPayload().get("network").asText().equals("sb");
    }

    static Stream<Named<JsonNode>> lowS() {
        return valid().filter(row -> !row.getPayload().at("/decoded/highS").asBoolean());
    }

    /** Those that hold nothing but the fields that we write. */
    static Stream<Named<JsonNode>> plain() {
        return lowS().filter(row -> {
            JsonNode decoded = row.getPayload().get("decoded");
            return decoded.get("fallbacks").isEmpty()
                    && decoded.get("routes").isEmpty()
                    && decoded.get("featureBits").toString().equals("[8,14]");
        });
    }

    @ParameterizedTest
    @MethodSource("valid")
    void theSignatureOfAPublishedInvoiceLeadsToItsPayee(JsonNode row) throws Bolt11Exception {
        Bolt11 invoice = Bolt11.parse(row.get("invoice").asText());
        JsonNode decoded = row.get("decoded");

        assertThat(HexFormat.of().formatHex(Secp256k1.sha256(invoice.signedBytes())))
                .isEqualTo(decoded.get("signingSha256").asText());
        assertThat(HexFormat.of().formatHex(invoice.signature()))
                .isEqualTo(decoded.get("signature").asText() + "0"
                        + decoded.get("recoveryFlag").asInt());
        assertThat(Bolt11Signature.payee(invoice).hex())
                .isEqualTo(decoded.get("payee").asText());
    }

    @ParameterizedTest
    @MethodSource("lowS")
    void signingAPublishedInvoiceAgainGivesItsSignature(JsonNode row) throws Bolt11Exception {
        Bolt11 invoice = Bolt11.parse(row.get("invoice").asText());

        assertThat(Bolt11Vectors.KEY.sign(invoice.signedBytes()).bytes()).isEqualTo(invoice.signature());
    }

    @ParameterizedTest
    @MethodSource("plain")
    void writingThePlainExamplesAgainGivesTheirVeryText(JsonNode row) {
        JsonNode decoded = row.get("decoded");
        int expiry = decoded.get("expiry").asInt();
        Bolt11Draft draft = new Bolt11Draft(
                decoded.get("network").asText(),
                decoded.get("amountMsat").asLong(),
                Instant.ofEpochSecond(decoded.get("timestamp").asLong()),
                PaymentHash.ofHex(decoded.get("paymentHash").asText()),
                decoded.get("paymentSecret").asText(),
                decoded.has("description")
                        ? new Bolt11Draft.Text(decoded.get("description").asText())
                        : new Bolt11Draft.Hash(decoded.get("descriptionHash").asText()),
                expiry == 3600 ? null : Duration.ofSeconds(expiry),
                0,
                false);

        assertThat(Bolt11Writer.write(draft, Bolt11Vectors.KEY))
                .isEqualTo(row.get("invoice").asText());
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anInvalidInvoiceIsRefusedForItsReason(JsonNode row) {
        String reason = REASONS.get(row.get("reason").asText());

        assertThat(reason).as("our words for %s", row.get("reason")).isNotNull();
        assertThatThrownBy(() ->
                        Bolt11Signature.payee(Bolt11.parse(row.get("invoice").asText())))
                .isInstanceOf(Bolt11Exception.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @MethodSource("own")
    void anInvoiceOfEveryNetworkIsSignedByItsPayeeAndPaysForItsPreimage(JsonNode row) throws Bolt11Exception {
        Bolt11 invoice = Bolt11.parse(row.get("invoice").asText());

        assertThat(invoice.network()).isEqualTo(row.get("network").asText());
        assertThat(Bolt11Signature.payee(invoice).hex())
                .isEqualTo(row.get("payee").asText());
        assertThat(Bolt11Vectors.KEY.sign(invoice.signedBytes()).bytes()).isEqualTo(invoice.signature());
        assertThat(invoice.paymentHash())
                .isEqualTo(Preimage.ofHex(row.get("preimage").asText()).hash());
    }

    @ParameterizedTest
    @MethodSource("simnet")
    void anInvoiceOfSimnetIsRefused(JsonNode row) {
        assertThatThrownBy(() -> Bolt11.parse(row.get("invoice").asText()))
                .isInstanceOf(Bolt11Exception.class)
                .hasMessageContaining("does not begin with");
    }
}
