package org.lsat.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lsat.protocol.Tokens.END;
import static org.lsat.protocol.Tokens.PREIMAGE;
import static org.lsat.protocol.Tokens.bundle;
import static org.lsat.protocol.Tokens.narrowed;
import static org.lsat.protocol.Tokens.pass;
import static org.lsat.protocol.Tokens.terms;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lsat.protocol.Terms.Standing;

@DisplayName("Caveats (wire.md section 4)")
final class TermsTest {

    private static Standing standing(String... caveats) {
        return terms(narrowed(bundle(10), caveats)).standing();
    }

    /** A token with these caveats and no others. */
    private static Standing bare(String... caveats) {
        byte[] identifier = bundle(10).identifier();
        Macaroon bare = Macaroon.mint(new byte[32], "lsat", identifier, List.of());
        return terms(narrowed(bare, caveats)).standing();
    }

    @Test
    @DisplayName("two are minted, services and valid_until, and no more")
    void twoAreMinted() {
        Macaroon macaroon = pass();
        assertThat(macaroon.caveatCount()).isEqualTo(2);
        assertThat(macaroon.caveat(0)).isEqualTo(new Caveat("services", "forecast:0"));
        assertThat(macaroon.caveat(1)).isEqualTo(new Caveat("forecast_valid_until", Long.toString(END)));
        assertThat(terms(macaroon).standing()).isEqualTo(Standing.OPENS);
    }

    @Test
    @DisplayName("a token opens the product that services names, and no other one")
    void opensTheProductThatServicesNames() {
        Credential credential = Tokens.paid(pass());
        assertThat(Terms.of(credential, "forecas").standing()).isEqualTo(Standing.OTHER_PRODUCT);
        assertThat(Terms.of(credential, "forecast2").standing()).isEqualTo(Standing.OTHER_PRODUCT);
        assertThat(Terms.of(credential, "forecast:0").standing()).isEqualTo(Standing.OTHER_PRODUCT);
        assertThat(Terms.of(credential, "").standing()).isEqualTo(Standing.OTHER_PRODUCT);
    }

    @Test
    @DisplayName("a token without services, or without an end, is refused")
    void withoutServicesOrEndIsRefused() {
        assertThat(bare()).isEqualTo(Standing.INVALID);
        assertThat(bare("forecast_valid_until=1893456000")).isEqualTo(Standing.INVALID);
        assertThat(bare("services=forecast:0")).isEqualTo(Standing.INVALID);
        assertThat(bare("services=forecast:0", "forecast_valid_until=1893456000"))
                .isEqualTo(Standing.OPENS);
        assertThat(bare("services", "forecast_valid_until=1893456000")).isEqualTo(Standing.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"forecast", "forecast:1", "forecast:00", "forecast:", "Forecast:0", " forecast:0", "xforecast:0"
            })
    @DisplayName("services names a product as <name>:0 and in no other way")
    void servicesNamesAProductInOneWay(String services) {
        assertThat(bare("services=" + services, "forecast_valid_until=1893456000"))
                .isNotEqualTo(Standing.OPENS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "services=forecast:0 | OPENS",
                "services= | OTHER_PRODUCT",
                "services=forecast:0,history:0 | INVALID",
                "services=history:0 | INVALID",
                "services=forecast:0, | INVALID",
                "services | INVALID",
                "forecast_valid_until=1893456000 | OPENS",
                "forecast_valid_until=1893455999 | OPENS",
                "forecast_valid_until=0 | OPENS",
                "forecast_valid_until=1893456001 | INVALID",
                "forecast_valid_until | INVALID",
                "forecast_uses=10 | OPENS",
                "forecast_uses=11 | OPENS",
                "forecast_uses=0 | OPENS",
                "forecast_uses | INVALID",
                "forecast_capabilities=GET | OPENS",
                "forecast_capabilities= | OPENS",
                "forecast_capabilities | INVALID",
                "preimage | INVALID",
                "preimage= | INVALID",
                "preimage=00 | INVALID"
            })
    @DisplayName("a holder's caveat narrows, or makes the token invalid")
    void aHoldersCaveatNarrowsOrInvalidates(String caveat, Standing expected) {
        assertThat(standing(caveat)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+1",
                "-1",
                "01",
                "00",
                " 1",
                "1 ",
                "1.0",
                "1e9",
                "0x1",
                "٣",
                "1893455999000000000",
                "99999999999999999999999999"
            })
    @DisplayName("numbers are decimal digits without sign or leading zero, and must not overflow")
    void numbersAreDecimalDigits(String number) {
        assertThat(standing("forecast_valid_until=" + number)).isEqualTo(Standing.INVALID);
        assertThat(standing("forecast_uses=" + number)).isEqualTo(Standing.INVALID);
    }

    @Test
    @DisplayName("of two ends the earlier one holds, and a later one after it is refused")
    void ofTwoEndsTheEarlierOneHolds() {
        Terms terms = terms(narrowed(pass(), "forecast_valid_until=1893000000"));
        assertThat(terms.validUntil()).isEqualTo(1_893_000_000);
        assertThat(terms.mintedUntil()).isEqualTo(END);
        assertThat(standing("forecast_valid_until=1893000000", "forecast_valid_until=1893000001"))
                .isEqualTo(Standing.INVALID);
    }

    @Test
    @DisplayName("of two limits the smaller one holds, and a greater one after it is refused")
    void ofTwoLimitsTheSmallerOneHolds() {
        assertThat(terms(bundle(10)).limit(10)).isEqualTo(10);
        assertThat(terms(narrowed(bundle(10), "forecast_uses=3")).limit(10)).isEqualTo(3);
        assertThat(terms(narrowed(bundle(10), "forecast_uses=99")).limit(10)).isEqualTo(10);
        assertThat(terms(narrowed(bundle(10), "forecast_uses=3", "forecast_uses=2"))
                        .limit(10))
                .isEqualTo(2);
        assertThat(standing("forecast_uses=2", "forecast_uses=3")).isEqualTo(Standing.INVALID);
    }

    @Test
    @DisplayName("uses on a pass, which touches no store, is refused")
    void usesOnAPassIsRefused() {
        assertThat(terms(narrowed(pass(), "forecast_uses=5")).standing()).isEqualTo(Standing.INVALID);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | GET | true",
                "GET | HEAD | true",
                "GET | POST | false",
                "GET | get | false",
                "HEAD | GET | false",
                "HEAD | HEAD | true",
                "GET,POST | POST | true",
                "POST,GET | HEAD | true",
                "GETX | GET | false",
                "GETX | HEAD | false",
                "G | GET | false"
            })
    @DisplayName("capabilities are methods, and GET covers HEAD")
    void capabilitiesAreMethods(String capabilities, String method, boolean allowed) {
        Terms terms = terms(narrowed(pass(), "forecast_capabilities=" + capabilities));
        assertThat(terms.standing()).isEqualTo(Standing.OPENS);
        assertThat(terms.allows(method)).isEqualTo(allowed);
    }

    @Test
    @DisplayName("no capabilities allow every method, empty ones none")
    void emptyCapabilitiesAllowNothing() {
        assertThat(terms(pass()).allows("BREW")).isTrue();
        Terms empty = terms(narrowed(pass(), "forecast_capabilities="));
        assertThat(List.of("GET", "HEAD", "POST", "OPTIONS", "")).noneMatch(m -> !m.isEmpty() && empty.allows(m));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET,POST | GET | OPENS",
                "GET | HEAD | OPENS",
                "GET |  | OPENS",
                "GET | GET,POST | INVALID",
                "HEAD | GET | INVALID",
                "GET | GET, | INVALID"
            })
    @DisplayName("further capabilities are a subset of the ones before")
    void furtherCapabilitiesAreASubset(String first, String second, Standing expected) {
        String then = second == null ? "" : second;
        assertThat(standing("forecast_capabilities=" + first, "forecast_capabilities=" + then))
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("nothing is a superset of empty capabilities")
    void nothingAfterEmptyCapabilities() {
        assertThat(standing("forecast_capabilities=", "forecast_capabilities=GET"))
                .isEqualTo(Standing.INVALID);
        assertThat(standing("forecast_capabilities=", "forecast_capabilities=")).isEqualTo(Standing.OPENS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "forecast_ip=10.0.0.1",
                "forecast_",
                "forecast_=",
                "forecast_valid_untill=1",
                "forecast_Uses=1",
                "forecast_uses =1"
            })
    @DisplayName("a condition that begins with a named product and is none of ours is refused")
    void unknownConditionsOfTheProductAreRefused(String caveat) {
        assertThat(standing(caveat)).isEqualTo(Standing.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo=bar",
                "invalid",
                "",
                "=",
                "history_valid_until=1",
                "history_anything=1",
                "forecast=1",
                "forecastx_uses=0",
                "Forecast_uses=0",
                " forecast_uses=0",
                "Services=",
                "services =",
                "_uses=0",
                "time < 2020",
                "Überall=1"
            })
    @DisplayName("every other unknown condition is skipped")
    void otherUnknownConditionsAreSkipped(String caveat) {
        Terms terms = terms(narrowed(bundle(10), caveat));
        assertThat(terms.standing()).isEqualTo(Standing.OPENS);
        assertThat(terms.limit(10)).isEqualTo(10);
        assertThat(terms.validUntil()).isEqualTo(END);
    }

    @Test
    @DisplayName("a caveat is split at its first =")
    void splitAtTheFirstEquals() {
        assertThat(Caveat.parse("a=b=c")).isEqualTo(new Caveat("a", "b=c"));
        assertThat(Caveat.parse("a")).isEqualTo(new Caveat("a", null));
        assertThat(Caveat.parse("=")).isEqualTo(new Caveat("", ""));
        assertThat(Caveat.parse("a=b=c")).hasToString("a=b=c");
        assertThat(new Caveat("a", null)).hasToString("a");
        assertThat(standing("forecast_capabilities=GET=POST")).isEqualTo(Standing.OPENS);
        assertThat(terms(narrowed(pass(), "forecast_capabilities=GET=POST")).allows("GET"))
                .isFalse();
    }

    @Test
    @DisplayName("a preimage caveat is accepted when it is the preimage, in hex of any case, and refused when not")
    void aPreimageCaveat() {
        assertThat(standing("preimage=" + PREIMAGE.revealHex())).isEqualTo(Standing.OPENS);
        assertThat(standing("preimage=" + PREIMAGE.revealHex().toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(Standing.OPENS);
        assertThat(standing("preimage=" + "f".repeat(64))).isEqualTo(Standing.INVALID);
        assertThat(standing("preimage=" + PREIMAGE.revealHex(), "preimage=" + "f".repeat(64)))
                .isEqualTo(Standing.INVALID);
    }

    @Test
    @DisplayName("a product that was named and taken out again keeps its conditions")
    void aProductThatWasTakenOutKeepsItsConditions() {
        assertThat(bare(
                        "services=forecast:0,history:0",
                        "forecast_valid_until=1893456000",
                        "services=forecast:0",
                        "history_unheard_of=1"))
                .isEqualTo(Standing.INVALID);
        assertThat(bare(
                        "services=history:0,forecast:0",
                        "forecast_valid_until=1893456000",
                        "history_valid_until=5",
                        "history_uses=0"))
                .isEqualTo(Standing.OPENS);
        assertThat(bare("services=history:0,forecast:0", "forecast_valid_until=1893456000", "history_uses=x"))
                .isEqualTo(Standing.INVALID);
    }

    @Test
    @DisplayName("a token with a third-party caveat is refused, and never counts as signed")
    void thirdPartyCaveatsAreRefused() {
        Macaroon macaroon = ThirdParty.addedTo(narrowed(pass()));
        assertThat(macaroon.isThirdParty(2)).isTrue();
        assertThat(terms(macaroon).standing()).isEqualTo(Standing.INVALID);
        assertThat(Tokens.keys(1).isGenuine(Tokens.paid(macaroon))).isFalse();
    }
}
