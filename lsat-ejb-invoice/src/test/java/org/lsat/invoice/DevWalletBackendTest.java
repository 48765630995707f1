package org.lsat.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lsat.InvoiceBackend;
import org.lsat.InvoiceSource;
import org.lsat.config.ConfigException;
import org.lsat.config.ConfigReader;
import org.lsat.config.ConfigValues;

class DevWalletBackendTest {

    private final DevWalletBackend backend = new DevWalletBackend();

    @Test
    void theServiceLoaderFindsIt() {
        assertThat(ServiceLoader.load(InvoiceBackend.class))
                .filteredOn(DevWalletBackend.class::isInstance)
                .singleElement()
                .returns("dev", InvoiceBackend::name)
                .returns(true, InvoiceBackend::isPlayMoney);
    }

    @ParameterizedTest
    @CsvSource({", true", "false, true", "true, false"})
    void clientsOfOtherMachinesPayOnlyWhereThatIsAllowed(String allowRemote, boolean localPeersOnly) {
        Map<String, String> properties = new HashMap<>();
        if (allowRemote != null) {
            properties.put("lsat.dev.allow-remote", allowRemote);
        }
        ConfigReader config = new ConfigReader(ConfigValues.of(properties));
        InvoiceSource source = backend.configure(config).open(null);

        assertThatCode(config::finish).doesNotThrowAnyException();
        assertThat(source.standIn())
                .hasValueSatisfying(
                        standIn -> assertThat(standIn.localPeersOnly()).isEqualTo(localPeersOnly));
    }

    @ParameterizedTest
    @CsvSource({
        "mp.config.profile, prod",
        "smallrye.config.profile, prod",
        "smallrye.config.profile, 'eu, prod'",
    })
    void theProfileProdStopsTheDeployment(String property, String profile) {
        ConfigReader config = new ConfigReader(ConfigValues.of(Map.of(property, profile)));
        backend.configure(config);

        assertThatThrownBy(config::finish)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("lsat.backend = dev")
                .hasMessageContaining(property)
                .hasMessageContaining("choose a backend that asks a real Lightning node");
    }

    @ParameterizedTest
    @CsvSource({"mp.config.profile, dev", "mp.config.profile, preprod"})
    void anyOtherProfileDoesNot(String property, String profile) {
        ConfigReader config = new ConfigReader(ConfigValues.of(Map.of(property, profile)));
        backend.configure(config);

        assertThatCode(config::finish).doesNotThrowAnyException();
    }

    @Test
    void aWordThatIsNoFlagIsAFault() {
        ConfigReader config = new ConfigReader(ConfigValues.of(Map.of("lsat.dev.allow-remote", "yes")));
        backend.configure(config);

        assertThatThrownBy(config::finish).hasMessageContaining("lsat.dev.allow-remote = yes");
    }
}
