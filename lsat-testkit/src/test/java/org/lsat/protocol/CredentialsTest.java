package org.lsat.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lsat.protocol.Tokens.PREIMAGE;
import static org.lsat.protocol.Tokens.bundle;
import static org.lsat.protocol.Tokens.l402;
import static org.lsat.protocol.Tokens.narrowed;
import static org.lsat.protocol.Tokens.pass;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The credential (wire.md section 3)")
final class CredentialsTest {

    private static final String HEX = PREIMAGE.revealHex();
    private static final String MACAROON = pass().base64();

    private static Credentials read(String... authorization) {
        return Credentials.read(List.of(authorization), List.of());
    }

    private static Credentials readMacaroon(String... fields) {
        return Credentials.read(List.of(), List.of(fields));
    }

    private static void assertReads(Credentials credentials, Macaroon... expected) {
        assertThat(credentials.candidates())
                .extracting(credential -> credential.macaroon().base64())
                .containsExactly(
                        java.util.Arrays.stream(expected).map(Macaroon::base64).toArray(String[]::new));
        assertThat(credentials.candidates())
                .allMatch(credential -> credential.preimage().equals(PREIMAGE));
        assertThat(credentials.malformed()).isFalse();
    }

    private static void assertMalformed(Credentials credentials) {
        assertThat(credentials.candidates()).isEmpty();
        assertThat(credentials.malformed()).isTrue();
        assertThat(credentials.isEmpty()).isFalse();
    }

    private static void assertNothing(Credentials credentials) {
        assertThat(credentials.isEmpty()).isTrue();
        assertThat(credentials.malformed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"L402 ", "LSAT ", "l402 ", "lsat ", "LsAt ", "L402  ", "lsat      "})
    @DisplayName("the scheme is L402 or LSAT in any case, with one space or more")
    void theSchemeInAnyCase(String scheme) {
        assertReads(read(scheme + MACAROON + ":" + HEX), pass());
    }

    @ParameterizedTest
    @ValueSource(strings = {"L403 ", "L402", "LSATX ", "XL402 ", "L402: ", "L402=", "lſat ", "L402\u00a0", "Ｌ402 "})
    @DisplayName("anything else is no scheme of ours")
    void anythingElseIsNoSchemeOfOurs(String scheme) {
        assertNothing(read(scheme + MACAROON + ":" + HEX));
    }

    @Test
    @DisplayName("base64 is standard or url-safe, padded or not")
    void base64InAllForms() {
        Macaroon bundle = narrowed(bundle(3), "a=??>>??>>");
        byte[] bytes = bundle.bytes();
        String standard = Base64.getEncoder().encodeToString(bytes);
        assertThat(standard).containsPattern("[+/]");
        for (String text : List.of(
                standard,
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))) {
            assertReads(read("L402 " + text + ":" + HEX), bundle);
        }
    }

    @Test
    @DisplayName("the preimage is 64 hex digits of any case")
    void thePreimageIsHexOfAnyCase() {
        assertReads(read("L402 " + MACAROON + ":" + HEX.toUpperCase(Locale.ROOT)), pass());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "%s0", "%sff", "0x%s", "%.63s", "%.63sg", "%.63s٣", " %s", "%s:", "%s %1$s"})
    @DisplayName("any other preimage is malformed")
    void anyOtherPreimageIsMalformed(String form) {
        assertMalformed(read("L402 " + MACAROON + ":" + form.formatted(HEX)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "L402",
                "L402 ",
                "LSAT :",
                "L402 AgEE",
                "L402 *:%s",
                "L402 :%s",
                "L402 AgEE=:%s",
                "L402 %s",
                "L402 ==:%s",
                "L402 A:%s"
            })
    @DisplayName("our scheme with anything that is no macaroon and preimage is malformed")
    void ourSchemeWithGarbageIsMalformed(String form) {
        assertMalformed(read(form.formatted(HEX)));
    }

    @Test
    @DisplayName("no field at all, or none of ours, is nothing")
    void noFieldAtAllIsNothing() {
        assertNothing(read());
        assertNothing(read(""));
        assertNothing(read(",,, ,"));
        assertThat(Credentials.NONE.isEmpty()).isTrue();
    }

    @Nested
    @DisplayName("several values")
    final class SeveralValues {

        @Test
        @DisplayName("in several field lines are all read, in order")
        void inSeveralLines() {
            assertReads(
                    read("LSAT " + MACAROON + ":" + HEX, "L402 " + bundle(2).base64() + ":" + HEX), pass(), bundle(2));
        }

        @ParameterizedTest
        @ValueSource(strings = {",", ", ", " ,\t", " , , ,"})
        @DisplayName("joined by commas in one line are all read, in order")
        void joinedByCommas(String comma) {
            assertReads(
                    read(l402(pass()) + comma + l402(bundle(2)) + comma + l402(bundle(3))),
                    pass(),
                    bundle(2),
                    bundle(3));
        }

        @Test
        @DisplayName("of which one is malformed leave the others readable")
        void oneMalformedLeavesTheOthers() {
            Credentials credentials = read("L402 garbage:00, " + l402(pass()), "LSAT");
            assertThat(credentials.candidates()).hasSize(1);
            assertThat(credentials.malformed()).isTrue();
        }

        @Test
        @DisplayName("of which one begins before the other has ended are malformed and the other")
        void oneBeginsBeforeTheOtherEnded() {
            Credentials credentials = read("L402 " + MACAROON + ", " + l402(bundle(2)));
            assertThat(credentials.candidates()).hasSize(1);
            assertThat(credentials.malformed()).isTrue();
        }

        @Test
        @DisplayName("are eight at most; a ninth is not looked at")
        void areEightAtMost() {
            List<String> nine = new ArrayList<>(Collections.nCopies(8, "L402 x"));
            nine.add(l402(pass()));
            assertThat(Credentials.read(nine, List.of()).candidates()).isEmpty();
            assertThat(Credentials.read(nine.subList(1, 9), List.of()).candidates())
                    .hasSize(1);
            assertThat(Credentials.read(Collections.nCopies(20, l402(pass())), List.of())
                            .candidates())
                    .hasSize(8);
        }
    }

    @Nested
    @DisplayName("other schemes")
    final class OtherSchemes {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Basic dXNlcjpwYXNz",
                    "Bearer a.b.c",
                    "Digest username=\"u\", realm=\"L402\", uri=\"/\"",
                    "Negotiate abc==",
                    "Payment x"
                })
        @DisplayName("belong to the application and are left alone")
        void belongToTheApplication(String other) {
            assertNothing(read(other));
        }

        @ParameterizedTest
        @ValueSource(strings = {"Basic dXNlcjpwYXNz", "Bearer a.b.c", "Digest username=\"u\", realm=\"r\""})
        @DisplayName("do not spoil a credential of ours, before it, after it, or in another line")
        void doNotSpoilOurs(String other) {
            assertReads(read(other + ", " + l402(pass())), pass());
            assertReads(read(l402(pass()) + ", " + other), pass());
            assertReads(read(other, l402(pass())), pass());
            assertReads(read(l402(pass()), other), pass());
        }

        @Test
        @DisplayName("may be as long as they like")
        void mayBeLong() {
            assertNothing(read("Bearer " + "x".repeat(20_000)));
            assertReads(read("Bearer " + "x".repeat(20_000), l402(pass())), pass());
        }
    }

    @Nested
    @DisplayName("two macaroons in one value")
    final class TwoMacaroons {

        @Test
        @DisplayName("of one payment are both candidates")
        void ofOnePayment() {
            assertReads(read("L402 " + MACAROON + "," + bundle(2).base64() + ":" + HEX), pass(), bundle(2));
            assertReads(read("L402 " + MACAROON + " , " + bundle(2).base64() + ":" + HEX), pass(), bundle(2));
        }

        @Test
        @DisplayName("of two payments are malformed")
        void ofTwoPayments() {
            Macaroon other = Tokens.mint(Tokens.keys(1), 0, Tokens.preimage(2));
            assertMalformed(read("L402 " + MACAROON + "," + other.base64() + ":" + HEX));
            assertMalformed(read("L402 " + other.base64() + "," + MACAROON + ":" + HEX));
        }

        @Test
        @DisplayName("of which one has no identifier of L402 are malformed")
        void oneWithAForeignIdentifier() {
            Macaroon foreign = Macaroon.mint(new byte[32], "", new byte[] {1}, List.of());
            assertMalformed(read("L402 " + MACAROON + "," + foreign.base64() + ":" + HEX));
        }

        @Test
        @DisplayName("are the most: three are malformed")
        void threeAreMalformed() {
            assertMalformed(read("L402 " + String.join(",", MACAROON, MACAROON, MACAROON) + ":" + HEX));
        }
    }

    @Nested
    @DisplayName("a hex macaroon with a preimage caveat in Macaroon or Grpc-Metadata-Macaroon")
    final class MacaroonFields {

        private final Macaroon paid = narrowed(pass(), "preimage=" + HEX);
        private final String hex = HexFormat.of().formatHex(paid.bytes());

        @Test
        @DisplayName("is read, in hex of any case, with white space around it")
        void isRead() {
            assertReads(readMacaroon(hex), paid);
            assertReads(readMacaroon(hex.toUpperCase(Locale.ROOT)), paid);
            assertReads(readMacaroon("  " + hex + "\t"), paid);
        }

        @Test
        @DisplayName("comes after those of Authorization")
        void comesAfterAuthorization() {
            assertReads(Credentials.read(List.of(l402(bundle(2))), List.of(hex)), bundle(2), paid);
        }

        @Test
        @DisplayName("is malformed without a preimage caveat, or with one that is not 64 hex digits")
        void isMalformedWithoutPreimage() {
            assertMalformed(readMacaroon(HexFormat.of().formatHex(pass().bytes())));
            for (String caveat : List.of("preimage", "preimage=", "preimage=00", "preimage=" + HEX + "00")) {
                assertMalformed(readMacaroon(
                        HexFormat.of().formatHex(narrowed(pass(), caveat).bytes())));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "0", "zz", "02", "0201046c736174"})
        @DisplayName("is malformed when it is no macaroon")
        void isMalformedWhenItIsNone(String text) {
            assertMalformed(readMacaroon(text));
        }

        @Test
        @DisplayName("may be 4 KiB long, and not longer")
        void mayBe4KiB() {
            Macaroon longest = CredentialsTest.ofLength(paid, Credentials.MAX_MACAROON);
            assertReads(readMacaroon(HexFormat.of().formatHex(longest.bytes())), longest);
            Macaroon longer = CredentialsTest.ofLength(paid, Credentials.MAX_MACAROON + 1);
            assertMalformed(readMacaroon(HexFormat.of().formatHex(longer.bytes())));
        }
    }

    @Test
    @DisplayName("lnget's form, the preimage in the caveat and behind the colon, is read")
    void lngetsForm() {
        Macaroon paid = narrowed(pass(), "preimage=" + HEX);
        assertReads(read("LSAT " + paid.base64() + ":" + HEX), paid);
    }

    @Test
    @DisplayName("a macaroon is 4 KiB at most")
    void aMacaroonIs4KiBAtMost() {
        Macaroon longest = ofLength(pass(), Credentials.MAX_MACAROON);
        assertReads(read(l402(longest)), longest);
        assertMalformed(read(l402(ofLength(pass(), Credentials.MAX_MACAROON + 1))));
    }

    @Test
    @DisplayName("a field is 8 KiB at most")
    void aFieldIs8KiBAtMost() {
        String value = l402(pass());
        String padded = value + ", " + "x".repeat(Credentials.MAX_FIELD - value.length() - 2);
        assertThat(padded).hasSize(8192);
        assertReads(read(padded), pass());
        assertMalformed(read(padded + "x"));
    }

    @Test
    @DisplayName("a macaroon has 64 caveats at most")
    void aMacaroonHas64CaveatsAtMost() {
        Macaroon most = pass();
        while (most.caveatCount() < Credentials.MAX_CAVEATS) {
            most = narrowed(most, "x");
        }
        assertReads(read(l402(most)), most);
        assertMalformed(read(l402(narrowed(most, "x"))));
    }

    @Test
    @DisplayName("a caveat is 1 KiB at most")
    void aCaveatIs1KiBAtMost() {
        Macaroon longest = narrowed(pass(), "x".repeat(Credentials.MAX_CAVEAT));
        assertReads(read(l402(longest)), longest);
        assertMalformed(read(l402(narrowed(pass(), "x".repeat(Credentials.MAX_CAVEAT + 1)))));
    }

    /** The macaroon with caveats that mean nothing, until it is so long. */
    private static Macaroon ofLength(Macaroon macaroon, int length) {
        Macaroon longer = macaroon;
        while (length - longer.bytes().length > 1000) {
            longer = narrowed(longer, "x".repeat(500));
        }
        int missing = length - longer.bytes().length;
        int header = missing > 131 ? 4 : 3;
        Macaroon exact = narrowed(longer, "x".repeat(missing - header));
        assertThat(exact.bytes()).hasSize(length);
        return exact;
    }
}
