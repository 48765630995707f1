package org.lsat.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lsat.testkit.FakeInvoice;

@DisplayName("An invoice's text (BOLT 11)")
final class Bolt11Test {

    private static final FakeInvoice INVOICE = new FakeInvoice(
            "bcrt", 1500, Tokens.PREIMAGE.hash(), Instant.ofEpochSecond(1_760_000_000), Duration.ofMinutes(10), "kk");

    private static String withPrefix(String hrp) throws Bolt11Exception {
        return new Bech32(hrp, Bech32.decode(INVOICE.bolt11()).words()).encode();
    }

    @Test
    @DisplayName("of the fake node is a good one")
    void ofTheFakeNodeIsAGoodOne() throws Bolt11Exception {
        Bolt11 read = Bolt11.parse(INVOICE.bolt11());
        assertThat(read.paymentHash()).isEqualTo(Tokens.PREIMAGE.hash());
        assertThat(read.amountMsat()).hasValue(1500);
        assertThat(read.expiresAt()).isEqualTo(Instant.ofEpochSecond(1_760_000_600));
        assertThat(read.description()).contains("kk");
        assertThat(read.network()).isEqualTo("bcrt");
        assertThat(read).hasToString(INVOICE.bolt11());
    }

    @ParameterizedTest
    @CsvSource({
        "lnbc, bc",
        "lntb, tb",
        "lntbs, tbs",
        "lnbcrt, bcrt",
        "lntb2500u, tb",
        "lntbs2500u, tbs",
        "lnbc1m, bc",
        "lnbcrt1, bcrt"
    })
    @DisplayName("names its network in front of the amount")
    void namesItsNetwork(String hrp, String network) throws Bolt11Exception {
        assertThat(Bolt11.parse(withPrefix(hrp)).network()).isEqualTo(network);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 100000000000",
        "21000000, 2100000000000000000",
        "1m, 100000000",
        "25u, 2500000",
        "1n, 100",
        "10p, 1",
        "123456789010p, 12345678901",
        "21000000000m, 2100000000000000000"
    })
    @DisplayName("states its amount in units of a bitcoin")
    void statesItsAmount(String amount, long msat) throws Bolt11Exception {
        assertThat(Bolt11.parse(withPrefix("lnbc" + amount)).amountMsat()).isEqualTo(OptionalLong.of(msat));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lnbc0",
                "lnbc01",
                "lnbc1x",
                "lnbc1mm",
                "lnbcm",
                "lnbcp",
                "lnbc1p",
                "lnbc15p",
                "lnbc-1m",
                "lnbc1.5m",
                "lnbc21000001",
                "lnbc21000000001m",
                "lnbc9999999999999999999",
                "lnxx1m",
                "lightning",
                "bc1",
                "ln",
                "lnbcr",
                "lnsb10n",
                "lnbc 1m"
            })
    @DisplayName("of another prefix is refused")
    void ofAnotherPrefixIsRefused(String hrp) throws Bolt11Exception {
        String text = withPrefix(hrp);
        assertThatThrownBy(() -> Bolt11.parse(text)).isInstanceOf(Bolt11Exception.class);
    }

    @Test
    @DisplayName("is read in capitals, not in mixed case, and not in what only looks like capitals")
    void isReadInCapitals() throws Bolt11Exception {
        String capitals = INVOICE.bolt11().toUpperCase(Locale.ROOT);
        assertThat(Bolt11.parse(capitals).paymentHash()).isEqualTo(Tokens.PREIMAGE.hash());
        assertThatThrownBy(() -> Bolt11.parse(capitals.replace("LNBC", "lnbc"))).isInstanceOf(Bolt11Exception.class);
        assertThat(capitals).contains("K");
        assertThatThrownBy(() -> Bolt11.parse(capitals.replace('K', '\u212a'))).isInstanceOf(Bolt11Exception.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "ln", "lnbc", "lnbc1", "lnbc1qqqqqq", "nonsense", "\u0000"})
    @DisplayName("that is none is refused")
    void thatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> Bolt11.parse(text)).isInstanceOf(Bolt11Exception.class);
    }
}
