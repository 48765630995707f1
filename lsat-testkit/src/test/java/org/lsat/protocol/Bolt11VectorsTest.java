package org.lsat.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lsat.testkit.Vectors;

@DisplayName("Vectors of bolt11.json")
final class Bolt11VectorsTest {

    /** Their fault is in the signature alone, which is the node's own and not verified here. */
    private static final Set<String> FAULTS_OF_THE_SIGNATURE =
            Set.of("not recoverable", "high-S signature with n field");

    /** Simnet, which no property of ours names. */
    private static final String SIMNET = "sb";

    static Stream<JsonNode> valid() {
        return Vectors.rows("bolt11.json", "valid");
    }

    static Stream<JsonNode> invalid() {
        return Vectors.rows("bolt11.json", "invalid");
    }

    static Stream<JsonNode> own() {
        return Vectors.rows("bolt11.json", "own");
    }

    private static OptionalLong amount(JsonNode row) {
        JsonNode amount = row.required("amountMsat");
        return amount.isNull() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(amount.asText()));
    }

    private static Optional<String> text(JsonNode row, String member) {
        return row.hasNonNull(member) ? Optional.of(row.required(member).asText()) : Optional.empty();
    }

    @ParameterizedTest
    @MethodSource("valid")
    @DisplayName("a valid one is read, each field as an independent decoder read it")
    void aValidOneIsRead(JsonNode row) throws Bolt11Exception {
        Bolt11 invoice = Bolt11.parse(row.required("invoice").asText());
        JsonNode decoded = row.required("decoded");
        assertThat(invoice.network()).isEqualTo(decoded.required("network").asText());
        assertThat(invoice.amountMsat()).isEqualTo(amount(decoded));
        assertThat(invoice.timestamp())
                .isEqualTo(Instant.ofEpochSecond(decoded.required("timestamp").asLong()));
        assertThat(invoice.paymentHash().hex())
                .isEqualTo(decoded.required("paymentHash").asText());
        assertThat(invoice.paymentSecret())
                .isEqualTo(decoded.required("paymentSecret").asText());
        assertThat(invoice.description()).isEqualTo(text(decoded, "description"));
        assertThat(invoice.descriptionHash()).isEqualTo(text(decoded, "descriptionHash"));
        assertThat(invoice.expiry())
                .isEqualTo(Duration.ofSeconds(decoded.required("expiry").asLong()));
        assertThat(invoice.expiresAt()).isEqualTo(invoice.timestamp().plus(invoice.expiry()));
        assertThat(invoice.minFinalCltvExpiryDelta())
                .isEqualTo(decoded.required("minFinalCltvExpiryDelta").asInt());
        assertThat(invoice.features().stream().boxed())
                .containsExactlyElementsOf(
                        StreamSupport.stream(decoded.required("featureBits").spliterator(), false)
                                .map(JsonNode::asInt)
                                .sorted()
                                .toList());
        assertThat(HexFormat.of().formatHex(invoice.signature()))
                .isEqualTo(decoded.required("signature").asText()
                        + HexFormat.of().toHexDigits((byte)
                                decoded.required("recoveryFlag").asInt()));
        assertThat(HexFormat.of().formatHex(invoice.signedBytes()))
                .isEqualTo(decoded.required("signingDataHex").asText());
        invoice.payee()
                .ifPresent(payee ->
                        assertThat(payee).isEqualTo(decoded.required("payee").asText()));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    @DisplayName("an invalid one is refused, unless its fault is in the signature alone")
    void anInvalidOneIsRefused(JsonNode row) throws Bolt11Exception {
        String text = row.required("invoice").asText();
        if (FAULTS_OF_THE_SIGNATURE.contains(row.required("reason").asText())) {
            assertThat(Bolt11.parse(text).text()).isEqualTo(text);
        } else {
            assertThatThrownBy(() -> Bolt11.parse(text))
                    .isInstanceOf(Bolt11Exception.class)
                    .hasMessageStartingWith("not a BOLT 11 invoice: ");
        }
    }

    @ParameterizedTest
    @MethodSource("own")
    @DisplayName("own invoices are read on every network of ours, and their preimages are known")
    void ownInvoicesAreRead(JsonNode row) throws Bolt11Exception {
        String text = row.required("invoice").asText();
        PaymentHash paid = Preimage.ofHex(row.required("preimage").asText()).hash();
        assertThat(paid.hex()).isEqualTo(row.required("paymentHash").asText());
        if (row.required("network").asText().equals(SIMNET)) {
            assertThatThrownBy(() -> Bolt11.parse(text)).isInstanceOf(Bolt11Exception.class);
            return;
        }
        Bolt11 invoice = Bolt11.parse(text);
        assertThat(invoice.network()).isEqualTo(row.required("network").asText());
        assertThat(invoice.amountMsat()).isEqualTo(amount(row));
        assertThat(invoice.description()).contains(row.required("description").asText());
        assertThat(invoice.timestamp())
                .isEqualTo(Instant.ofEpochSecond(row.required("timestamp").asLong()));
        assertThat(invoice.expiry())
                .isEqualTo(Duration.ofSeconds(row.required("expiry").asLong()));
        assertThat(invoice.paymentHash()).isEqualTo(paid);
        assertThat(invoice.paymentSecret())
                .isEqualTo(row.required("paymentSecret").asText());
    }
}
