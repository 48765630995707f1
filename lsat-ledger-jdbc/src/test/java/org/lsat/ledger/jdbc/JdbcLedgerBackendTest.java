package org.lsat.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lsat.config.ConfigException;
import org.lsat.config.ConfigReader;
import org.lsat.config.ConfigValues;
import org.lsat.ledger.LedgerBackend;

final class JdbcLedgerBackendTest {

    private static final LedgerBackend.Terms TERMS =
            new LedgerBackend.Terms("shop", "bc", 10, Duration.ofMinutes(2), InstantSource.system());

    @TempDir
    Path directory;

    private static LedgerBackend.Opened open(Map<String, String> properties) {
        ConfigReader config = new ConfigReader(ConfigValues.of(properties));
        LedgerBackend.Opener opener = new JdbcLedgerBackend().configure(config);
        config.finish();
        return opener.open(TERMS);
    }

    @Test
    void eachRealmAndNetworkHasAFileOfItsOwn() {
        Path file = directory.resolve("counts");
        try (LedgerBackend.Opened ledger = open(Map.of("lsat.ledger.dir", file.toString()))) {
            assertThat(ledger.place()).isEqualTo(file + "/shop-bc.mv.db");
        }
    }

    @Test
    void aDataSourceIsNamedAsTheServerNamesIt() {
        try (LedgerBackend.Opened ledger = open(Map.of("lsat.ledger.datasource", "java:/lsat"))) {
            assertThat(ledger.place()).isEqualTo("java:/lsat");
        }
    }

    @Test
    void aDirectoryThatIsGoneAtTheNextStartIsNotTaken() {
        String property = "com.sun.aas.instanceRoot";
        System.setProperty(property, directory.resolve("payaramicro-rt4021tmp").toString());
        try {
            assertThatThrownBy(() -> open(Map.of()))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("lsat.ledger.dir = (not set): a directory")
                    .hasMessageContaining("or deletes it when it ends (Payara Micro without --rootDir)");
            System.setProperty(property, directory.toString());
            try (LedgerBackend.Opened ledger = open(Map.of())) {
                assertThat(ledger.place()).isEqualTo(directory + "/lsat/shop-bc.mv.db");
            }
        } finally {
            System.clearProperty(property);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "relative | | lsat.ledger.dir = relative: an absolute path of a directory",
                "/dev/null | | lsat.ledger.dir = /dev/null: an absolute path of a directory",
                "/tmp | java:/lsat | lsat.ledger.dir = /tmp: nothing where lsat.ledger.datasource names a database",
                " | | lsat.ledger.dir = (not set): a directory for the file in which uses are counted",
            })
    void aFaultNamesPropertyValueAndWhatIsAllowed(String file, String dataSource, String message) {
        Map<String, String> properties = new java.util.TreeMap<>();
        if (file != null) {
            properties.put("lsat.ledger.dir", file);
        }
        if (dataSource != null) {
            properties.put("lsat.ledger.datasource", dataSource);
        }
        assertThatThrownBy(() -> open(properties))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }
}
