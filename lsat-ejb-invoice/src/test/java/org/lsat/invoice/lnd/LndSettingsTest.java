package org.lsat.invoice.lnd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lsat.InvoiceBackend;
import org.lsat.config.ConfigException;
import org.lsat.config.ConfigReader;
import org.lsat.config.ConfigValues;
import org.lsat.protocol.Macaroon;
import org.lsat.testkit.FakeCertificate;

class LndSettingsTest {

    @TempDir
    Path directory;

    private final Map<String, String> properties = new TreeMap<>();

    @BeforeEach
    void whatSuffices() throws IOException {
        Path certificate = directory.resolve("tls.cert");
        Files.writeString(certificate, FakeCertificate.of("localhost").certificatePem());
        Path macaroon = directory.resolve("l402.macaroon");
        Files.write(
                macaroon,
                Macaroon.mint(new byte[32], "lnd", new byte[] {3}, List.of()).bytes());
        properties.put("lsat.lnd.target", "127.0.0.1:10009");
        properties.put("lsat.lnd.cert", certificate.toString());
        properties.put("lsat.lnd.macaroon", macaroon.toString());
    }

    private ConfigReader read() {
        ConfigReader config = new ConfigReader(ConfigValues.of(properties));
        LndSettings.read(config, LndSettings.Door.GRPC);
        return config;
    }

    private LndSettings settings() {
        return LndSettings.read(new ConfigReader(ConfigValues.of(properties)), LndSettings.Door.GRPC);
    }

    private void isFault(String text) {
        assertThatThrownBy(() -> read().finish())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(text);
    }

    @Test
    void theServiceLoaderFindsTheOneByRest() {
        assertThat(ServiceLoader.load(InvoiceBackend.class))
                .filteredOn(LndRestBackend.class::isInstance)
                .singleElement()
                .returns("lnd-rest", InvoiceBackend::name)
                .returns(true, InvoiceBackend::tellsSettlement)
                .returns(false, InvoiceBackend::isPlayMoney);
    }

    @Test
    void byRestAProxyIsCalledByItsNameAndNoOther() {
        properties.put("lsat.lnd.authority", "lnd.example");
        properties.put("lsat.lnd.target", "nowhere");
        ConfigReader config = new ConfigReader(ConfigValues.of(properties));
        new LndRestBackend().configure(config);

        assertThatThrownBy(config::finish)
                .hasMessageContaining("lsat.lnd.authority = lnd.example: nothing with lsat.backend=lnd-rest")
                .hasMessageContaining("host:port of LND's REST, such as 127.0.0.1:8080 (restlisten in lnd.conf)");
    }

    @Test
    void targetCertificateAndMacaroonSuffice() {
        assertThatCode(() -> read().finish()).doesNotThrowAnyException();
        assertThat(settings())
                .returns("127.0.0.1", LndSettings::host)
                .returns(10_009, LndSettings::port)
                .returns(Duration.ofSeconds(2), LndSettings::deadline)
                .returns(false, LndSettings::privateHints);
    }

    @Test
    void theOthersAreRead() {
        properties.put("lsat.lnd.deadline", "PT5S");
        properties.put("lsat.lnd.authority", "lnd.example");
        properties.put("lsat.lnd.private", "true");

        assertThat(settings())
                .returns(Duration.ofSeconds(5), LndSettings::deadline)
                .returns(true, LndSettings::privateHints);
        assertThat(settings().authority()).contains("lnd.example");
    }

    @ParameterizedTest
    @CsvSource({"lnd.example:10009, lnd.example", "[::1]:10009, [::1]", "localhost:1, localhost"})
    void aTargetIsAHostAndAPort(String target, String host) {
        properties.put("lsat.lnd.target", target);

        assertThatCode(() -> read().finish()).doesNotThrowAnyException();
        assertThat(settings().host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "lnd:0", "lnd:65536", "https://lnd:10009", "a b:1", ":10009", "lnd:10009/"})
    void anythingElseIsNoTarget(String target) {
        properties.put("lsat.lnd.target", target);

        isFault("lsat.lnd.target = " + target + ": host:port of LND's gRPC, such as 127.0.0.1:10009");
    }

    @Test
    void allThatIsMissingIsReportedTogether() {
        properties.clear();

        isFault("lsat.lnd.target = (not set): host:port");
        isFault("lsat.lnd.cert = (not set): the file tls.cert of the node");
        isFault("lsat.lnd.macaroon = (not set): the file of a macaroon as LND writes it; docs/lnd.md says");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        properties.put("lsat.lnd.cert", directory.resolve("none.cert").toString());
        properties.put("lsat.lnd.macaroon", directory.resolve("none.macaroon").toString());

        isFault("none.cert: the file tls.cert of the node: NoSuchFileException");
        isFault("none.macaroon: the file of a macaroon");
    }

    @Test
    void aFileThatHoldsSomethingElseIsNamedAndItsContentIsNot() throws IOException {
        Path text = directory.resolve("text");
        Files.writeString(text, "not for a log");
        properties.put("lsat.lnd.cert", text.toString());
        properties.put("lsat.lnd.macaroon", text.toString());

        isFault("lsat.lnd.cert = " + text);
        isFault("text: the file of a macaroon as LND writes it");
        isFault("the file holds no macaroon in LND's binary form");
        assertThatThrownBy(() -> read().finish()).hasMessageNotContaining("not for a log");
    }

    @Test
    void aMacaroonInThePlaceOfItsFileIsNotShown() throws IOException {
        String hex = HexFormat.of().formatHex(Files.readAllBytes(directory.resolve("l402.macaroon")));
        properties.put("lsat.lnd.macaroon", hex);

        isFault("lsat.lnd.macaroon = (hidden): the file of a macaroon");
        assertThatThrownBy(() -> read().finish()).hasMessageNotContaining(hex);
    }

    @ParameterizedTest
    @CsvSource({"lsat.lnd.deadline, 2", "lsat.lnd.deadline, PT31S", "lsat.lnd.private, yes", "lsat.lnd.authority, a b"})
    void aValueThatIsNotAllowedIsAFault(String property, String value) {
        properties.put(property, value);

        isFault(property + " = " + value);
    }
}
