package org.lsat.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lsat.rules.PathParameters;

@DisplayName("lsat.cors, lsat.cors.origins and lsat.paths.allow")
final class BrowserReaderTest {

    private static Settings read(String name, String value) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "lsat.backend", "dev", "lsat.rules.forecast.path", "/api/*", "lsat.rules.forecast.price", "10 sat"));
        properties.put(name, value);
        ConfigReader config = new ConfigReader(ConfigValues.of(properties));
        Settings settings = SettingsReader.read(config, Map.of("dev", true), new SecureRandom());
        config.finish();
        return settings;
    }

    private static List<Fault> faults(String name, String value) {
        ConfigException exception = catchThrowableOfType(ConfigException.class, () -> read(name, value));
        assertThat(exception).as("a fault of %s=%s", name, value).isNotNull();
        return exception.faults();
    }

    @Test
    @DisplayName("are not set by default")
    void defaults() {
        Settings settings = read("lsat.realm", "weather");
        assertThat(settings.cors().origins()).isEmpty();
        assertThat(settings.cors().leftToApplication()).isFalse();
        assertThat(settings.cors().allows("https://shop.example")).isFalse();
        assertThat(settings.allowedParameters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example",
                "http://localhost:3000",
                "http://127.0.0.1",
                "https://[::1]:8443",
                "https://a.b-c.example:1"
            })
    @DisplayName("take an origin as browsers send it")
    void origins(String origin) {
        assertThat(read("lsat.cors.origins", " " + origin + " , https://second.example ")
                        .cors()
                        .origins())
                .containsExactlyInAnyOrder(origin, "https://second.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.example",
                "https://shop.example/",
                "https://Shop.example",
                "HTTPS://shop.example",
                "https://shop.example/path",
                "https://*.example",
                "ftp://shop.example",
                "null",
                "https://shop.example:port",
                "https://a.example https://b.example",
                "https://user@shop.example"
            })
    @DisplayName("refuse what no browser sends, by name, value and what is allowed")
    void noOrigin(String origin) {
        assertThat(faults("lsat.cors.origins", "https://good.example," + origin))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.property()).isEqualTo("lsat.cors.origins");
                    assertThat(fault.value()).isEqualTo(origin);
                    assertThat(fault.allowed()).contains("https://shop.example", "or * for all");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example,", ",", "*,"})
    @DisplayName("refuse an empty origin")
    void anEmptyOrigin(String origins) {
        assertThat(faults("lsat.cors.origins", origins)).isNotEmpty();
    }

    @Test
    @DisplayName("leave CORS to the application in so many words, and in no others")
    void application() {
        assertThat(read("lsat.cors", "application").cors().leftToApplication()).isTrue();
        assertThat(faults("lsat.cors", "app"))
                .containsExactly(new Fault("lsat.cors", "app", "allowed are application"));
    }

    @ParameterizedTest
    @CsvSource({"jsessionid,JSESSIONID", "matrix,MATRIX", "'matrix, jsessionid','JSESSIONID,MATRIX'"})
    @DisplayName("allow parameters of a path, and say so in the log")
    void parameters(String value, String expected) {
        Settings settings = read("lsat.paths.allow", value);
        assertThat(settings.allowedParameters())
                .containsExactlyInAnyOrder(Arrays.stream(expected.split(","))
                        .map(PathParameters::valueOf)
                        .toArray(PathParameters[]::new));
        assertThat(settings.notices()).anyMatch(notice -> notice.startsWith("lsat.paths.allow=" + value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Matrix", "all", "jsessionid;matrix", "*"})
    @DisplayName("refuse other words")
    void otherWords(String value) {
        assertThat(faults("lsat.paths.allow", value))
                .containsExactly(
                        new Fault("lsat.paths.allow", value, "allowed are jsessionid, matrix, comma-separated"));
    }
}
