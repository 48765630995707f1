package org.lsat.invoice.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lsat.InvoiceBackend;
import org.lsat.config.ConfigReader;
import org.lsat.config.ConfigValues;

class AddressSettingsTest {

    private final Map<String, String> properties =
            new TreeMap<>(Map.of("lsat.lightning-address", "shop@example.com", "lsat.invoice.expiry", "P1D"));

    private ConfigReader read() {
        ConfigReader config = new ConfigReader(ConfigValues.of(properties));
        new AddressBackend().configure(config);
        return config;
    }

    private AddressSettings settings() {
        return AddressSettings.read(new ConfigReader(ConfigValues.of(properties)));
    }

    @Test
    void theServiceLoaderFindsIt() {
        assertThat(ServiceLoader.load(InvoiceBackend.class))
                .filteredOn(AddressBackend.class::isInstance)
                .singleElement()
                .returns("lightning-address", InvoiceBackend::name)
                .returns(true, InvoiceBackend::tellsSettlement)
                .returns(false, InvoiceBackend::isPlayMoney);
    }

    @Test
    void anAddressAndATimeSuffice() {
        assertThatCode(() -> read().finish()).doesNotThrowAnyException();
        assertThat(settings())
                .returns(Duration.ofSeconds(5), AddressSettings::deadline)
                .returns(false, AddressSettings::strict);
        properties.put("lsat.settlement", "strict");
        assertThat(settings().strict()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "shop@example.com, https://example.com/.well-known/lnurlp/shop",
        "a.b-c_d9@pay.example.com, https://pay.example.com/.well-known/lnurlp/a.b-c_d9",
        "shop+weather@example.com, https://example.com/.well-known/lnurlp/shop+weather",
        "shop@localhost:8443, https://localhost:8443/.well-known/lnurlp/shop",
    })
    void anAddressSaysWhereToAsk(String address, URI payRequest) {
        properties.put("lsat.lightning-address", address);

        assertThatCode(() -> read().finish()).doesNotThrowAnyException();
        assertThat(settings().address())
                .returns(payRequest, LightningAddress::payRequest)
                .hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "@example.com",
                "shop@",
                "Shop@example.com",
                "shop@example.com/",
                "shop@example.com?",
                "shop@exa mple.com",
                "shop/../x@example.com",
                "shop@user@example.com",
                "shop@-example.com",
                "shop@example..com",
                "shop@exam-.ple.com",
                "shop@1.2.3.4.5",
                "shop@example.com:",
                "shop@example.com:99999",
                "shop@[::1]",
                "LNURL1DP68GURN8GHJ7",
                "https://example.com/.well-known/lnurlp/shop",
            })
    void anythingElseIsNone(String address) {
        properties.put("lsat.lightning-address", address);

        assertThatThrownBy(() -> read().finish())
                .hasMessageContaining("lsat.lightning-address = ")
                .hasMessageContaining("a Lightning Address such as shop@example.com");
    }

    @Test
    void allThatIsMissingIsReportedTogether() {
        properties.clear();

        assertThatThrownBy(() -> read().finish())
                .hasMessageContaining("lsat.lightning-address = (not set): a Lightning Address")
                .hasMessageContaining("lsat.invoice.expiry = (not set): the longest time to pay that is accepted");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "10.1.2.3, true",
        "172.16.0.1, true",
        "192.168.1.1, true",
        "169.254.169.254, true",
        "100.64.0.1, true",
        "100.128.0.1, false",
        "0.0.0.0, true",
        "0.1.2.3, true",
        "224.0.0.1, true",
        "::1, true",
        "::, true",
        "fe80::1, true",
        "fd00::1, true",
        "fc00::1, true",
        "::ffff:10.0.0.1, true",
        "8.8.8.8, false",
        "2001:4860:4860::8888, false",
    })
    void anAddressIsPrivateOrPublic(String address, boolean isPrivate) throws Exception {
        assertThat(Targets.isPrivate(InetAddress.getByName(address))).isEqualTo(isPrivate);
    }

    @ParameterizedTest
    @CsvSource({
        "https://93.184.215.14/a, https://93.184.215.14/b, true",
        "https://93.184.215.14/a, https://8.8.8.8/b, true",
        "https://93.184.215.14/a, https://10.0.0.1/b, false",
        "https://93.184.215.14/a, https://127.0.0.1/b, false",
        "https://93.184.215.14/a, https://[::1]/b, false",
        "https://93.184.215.14/a, https://2130706433/b, false",
        "https://10.0.0.1/a, https://10.0.0.2/b, true",
        "https://10.0.0.1/a, https://8.8.8.8/b, true",
    })
    void nobodyOutsideSendsUsIntoOurOwnNetwork(URI home, URI target, boolean allowed) {
        if (allowed) {
            assertThatCode(() -> Targets.requireAllowed(target, home)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> Targets.requireAllowed(target, home))
                    .hasMessageContaining("93.184.215.14 sends us to")
                    .hasMessageContaining("take another lsat.lightning-address");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "ftp://example.com/",
                "/relative",
                "https:opaque",
                "https://user:secret@example.com/",
                "https://example.com/#fragment",
                "https://exa mple.com/",
                "https:///nohost",
                "file:///etc/passwd",
                "",
            })
    void whereAProviderMayNotSendUs(String target) {
        assertThat(Targets.parse(target)).isEmpty();
    }
}
