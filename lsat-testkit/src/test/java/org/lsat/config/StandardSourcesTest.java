package org.lsat.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The three standard sources of MicroProfile Config")
final class StandardSourcesTest {

    @TempDir
    private Path folder = Path.of("");

    private final Properties system = new Properties();

    private ConfigValues read(Map<String, String> environment, String... files) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (int i = 0; i < files.length; i++) {
            Path jar = folder.resolve("jar" + i);
            Files.writeString(
                    Files.createDirectories(jar.resolve("META-INF")).resolve("microprofile-config.properties"),
                    files[i]);
            urls.add(jar.toUri().toURL());
        }
        try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), null)) {
            return StandardSources.read(system, environment, loader);
        }
    }

    private String value(String name, Map<String, String> environment, String... files) throws IOException {
        return String.valueOf(read(environment, files).lookup().apply(name));
    }

    @Test
    @DisplayName("are asked in the order system properties, environment, file")
    void areAskedInOrder() throws IOException {
        String file = "lsat.realm=file";
        assertThat(value("lsat.realm", Map.of())).isEqualTo("null");
        assertThat(value("lsat.realm", Map.of(), file)).isEqualTo("file");
        assertThat(value("lsat.realm", Map.of("LSAT_REALM", "env"), file)).isEqualTo("env");
        system.setProperty("lsat.realm", "system");
        assertThat(value("lsat.realm", Map.of("LSAT_REALM", "env"), file)).isEqualTo("system");
    }

    @Test
    @DisplayName("find a variable under its name, with underscores, and with underscores in capitals, in this order")
    void findAVariableUnderThreeNames() throws IOException {
        String name = "lsat.rules.my-rule.price";
        assertThat(value(name, Map.of("LSAT_RULES_MY_RULE_PRICE", "3"))).isEqualTo("3");
        assertThat(value(name, Map.of("LSAT_RULES_MY_RULE_PRICE", "3", "lsat_rules_my_rule_price", "2")))
                .isEqualTo("2");
        assertThat(value(name, Map.of("LSAT_RULES_MY_RULE_PRICE", "3", "lsat_rules_my_rule_price", "2", name, "1")))
                .isEqualTo("1");
    }

    @Test
    @DisplayName("take an empty value as one, that hides those below it")
    void takeAnEmptyValueAsOne() throws IOException {
        assertThat(value("lsat.realm", Map.of("LSAT_REALM", ""), "lsat.realm=file"))
                .isEmpty();
        ConfigReader config = new ConfigReader(read(Map.of("LSAT_REALM", ""), "lsat.realm=file"));
        assertThat(config.text("lsat.realm")).isEmpty();
    }

    @Test
    @DisplayName("hold several files, in the order of their config_ordinal")
    void holdSeveralFiles() throws IOException {
        String low = "lsat.realm=low\nlsat.network=regtest";
        String high = "config_ordinal= 150 \nlsat.realm=high";
        assertThat(value("lsat.realm", Map.of(), low, high)).isEqualTo("high");
        assertThat(value("lsat.network", Map.of(), low, high)).isEqualTo("regtest");
        assertThat(value("lsat.realm", Map.of("LSAT_REALM", "env"), low, "config_ordinal=350\nlsat.realm=top"))
                .isEqualTo("top");
        assertThat(value("lsat.realm", Map.of(), low, "config_ordinal=-1\nlsat.realm=bottom"))
                .isEqualTo("low");
    }

    @Test
    @DisplayName("list the names of all sources, those of the environment as they are")
    void listTheNames() throws IOException {
        system.setProperty("lsat.a", "1");
        assertThat(read(Map.of("LSAT_B", "2"), "lsat.c=3").names()).contains("lsat.a", "LSAT_B", "lsat.c");
    }

    @Test
    @DisplayName("read a file as UTF-8")
    void readAFileAsUtf8() throws IOException {
        assertThat(value("lsat.x", Map.of(), "lsat.x=погода ⚡")).isEqualTo("погода ⚡");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lsat.secret=${vault}",
                "lsat.realm=a${b:c}d",
                "%prod.lsat.realm=x",
                "mp.config.profile=prod",
                "config_ordinal=high\nlsat.realm=x",
                "lsat.realm=\\u12",
                "lsat.rules.report.path=/report/*\nlsat.rules.report.path=/other/*"
            })
    @DisplayName("refuse what only an implementation understands, and what cannot be read")
    void refuseWhatTheyDoNotUnderstand(String file) {
        assertThatThrownBy(() -> read(Map.of(), file)).isInstanceOf(ConfigException.class);
    }

    @Test
    @DisplayName("say what to add where something is not understood, and show no secret")
    void sayWhatToAdd() {
        assertThatThrownBy(() -> read(Map.of("LSAT_SECRET", "hunter2${x}")))
                .hasMessageContaining("LSAT_SECRET")
                .hasMessageContaining("add io.smallrye.config:smallrye-config-core to the application")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> read(Map.of("MP_CONFIG_PROFILE", "prod")))
                .hasMessageContaining("mp.config.profile = prod");
        assertThatThrownBy(() -> read(Map.of(), "%dev.lsat.secret=hunter2")).hasMessageNotContaining("hunter2");
    }

    @Test
    @DisplayName("leave the values and profiles of others alone")
    void leaveOthersAlone() throws IOException {
        assertThat(value("lsat.realm", Map.of("PS1", "${x}"), "other=${y}\n%dev.other=1\nlsat.realm=r"))
                .isEqualTo("r");
    }
}
