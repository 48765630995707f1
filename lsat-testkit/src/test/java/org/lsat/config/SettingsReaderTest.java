package org.lsat.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lsat.client.TrustedProxies;
import org.lsat.protocol.RootKeys;
import org.lsat.protocol.Secret;
import org.lsat.protocol.Tokens;
import org.lsat.rules.Plan;
import org.lsat.rules.Price;
import org.lsat.rules.Rate;
import org.lsat.rules.Rule;

@DisplayName("The configuration")
final class SettingsReaderTest {

    private static final String SECRET = "f1c3a9be07d24e58aa6b90cc1d3e5f70";
    private static final Map<String, Boolean> BACKENDS = Map.of("lnd", false, "dev", true);

    private static Map<String, String> good() {
        return Map.of(
                "lsat.backend", "lnd",
                "lsat.realm", "weather",
                "lsat.secret", SECRET,
                "lsat.rules.forecast.path", "/api/forecast/*",
                "lsat.rules.forecast.price", "10 sat",
                "lsat.rules.forecast.valid-for", "P30D");
    }

    /** The good configuration with some properties changed; an empty value takes one away. */
    private static Map<String, String> with(String... namesAndValues) {
        Map<String, String> properties = new HashMap<>(good());
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return properties;
    }

    private static Settings read(Map<String, String> properties) {
        ConfigReader config = new ConfigReader(ConfigValues.of(properties));
        Settings settings = SettingsReader.read(config, BACKENDS, new SecureRandom());
        config.finish();
        return settings;
    }

    private static Settings read(Map<String, String> properties, Map<String, Set<String>> ledgers) {
        ConfigReader config = new ConfigReader(ConfigValues.of(properties));
        Settings settings = SettingsReader.read(config, List.of(), BACKENDS, ledgers, new SecureRandom());
        config.finish();
        return settings;
    }

    private static List<Fault> faults(String... namesAndValues) {
        Map<String, String> properties = with(namesAndValues);
        ConfigException exception = catchThrowableOfType(ConfigException.class, () -> read(properties));
        assertThat(exception).as("a faulty configuration: %s", properties).isNotNull();
        return exception.faults();
    }

    private static Fault onlyFault(String... namesAndValues) {
        List<Fault> faults = faults(namesAndValues);
        assertThat(faults).hasSize(1);
        return faults.get(0);
    }

    @Test
    @DisplayName("that says only what it must has these defaults")
    void defaults() {
        Settings settings = read(good());
        assertThat(settings.backend()).isEqualTo("lnd");
        assertThat(settings.realm()).isEqualTo("weather");
        assertThat(settings.invoiceNetwork()).isEqualTo("bc");
        assertThat(settings.invoiceExpiry()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.ledgerCapacity()).isEqualTo(1_000_000);
        assertThat(settings.ledgerLease()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.challengesPerClient()).isEqualTo(new Rate(20, Duration.ofSeconds(10)));
        assertThat(settings.challengesTotal()).isEqualTo(new Rate(1000, Duration.ofSeconds(10)));
        assertThat(settings.notices()).isEmpty();
        Rule rule = settings.rule("forecast").orElseThrow();
        assertThat(settings.memoFor(rule)).isEqualTo("weather forecast");
        assertThat(rule.methods()).isEmpty();
        assertThat(rule.description()).isEmpty();
        assertThat(settings.rule("other")).isEmpty();
    }

    @Test
    @DisplayName("is read key by key")
    void everyKey() {
        Settings settings = read(with(
                "lsat.network", "signet",
                "lsat.ledger", "memory",
                "lsat.ledger.capacity", "5",
                "lsat.ledger.lease", "PT30S",
                "lsat.invoice.expiry", "PT1H",
                "lsat.invoice.memo", "{rule}@{realm}",
                "lsat.challenges.per-client", "unlimited",
                "lsat.challenges.total", "5/PT1S",
                "lsat.rules.csv.path", "*.csv",
                "lsat.rules.csv.price", " 1500 msat ",
                "lsat.rules.csv.methods", "GET, POST",
                "lsat.rules.csv.uses", "7",
                "lsat.rules.csv.valid-for", "P1D",
                "lsat.rules.csv.description", "Tables"));
        assertThat(settings.invoiceNetwork()).isEqualTo("tbs");
        assertThat(settings.ledgerCapacity()).isEqualTo(5);
        assertThat(settings.ledgerLease()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.invoiceExpiry()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.challengesPerClient().isUnlimited()).isTrue();
        assertThat(settings.challengesTotal()).isEqualTo(new Rate(5, Duration.ofSeconds(1)));
        Rule rule = settings.rule("csv").orElseThrow();
        assertThat(settings.memoFor(rule)).isEqualTo("csv@weather");
        assertThat(rule.path().orElseThrow()).hasToString("*.csv");
        assertThat(rule.methods()).containsExactlyInAnyOrder("GET", "POST");
        assertThat(rule.price()).contains(new Price(1500));
        assertThat(rule.plan()).isEqualTo(new Plan(7, Duration.ofDays(1)));
        assertThat(rule.description()).isEqualTo("Tables");
        assertThat(settings.notices()).singleElement().asString().contains("lsat.ledger=memory");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"mainnet | bc", "testnet | tb", "signet | tbs", "regtest | bcrt"})
    @DisplayName("names a network, whose invoices are taken and whose keys are used")
    void networks(String name, String prefix) {
        Settings settings = read(with("lsat.network", name));
        assertThat(settings.invoiceNetwork()).isEqualTo(prefix);
        RootKeys expected = RootKeys.derive("weather", prefix, Secret.of(SECRET), List.of());
        assertThat(expected.isGenuine(Tokens.paid(Tokens.mint(settings.keys(), 0))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " | | 1 | PT1H | one request within 1 hour",
                "100 | | 100 | P365D | 100 requests within 365 days",
                "1 | | 1 | P365D | one request within 365 days",
                " | P30D | 0 | P30D | any number of requests within 30 days",
                "5 | PT90M | 5 | PT90M | 5 requests within 90 minutes",
                " | PT1S | 0 | PT1S | any number of requests within 1 second"
            })
    @DisplayName("sells by plans whose defaults are an hour for one use and a year for a bundle")
    void plans(String uses, String validFor, long expectedUses, Duration expectedTime, String words) {
        Plan plan = read(with(
                        "lsat.ledger", "memory",
                        "lsat.rules.forecast.uses", uses == null ? "" : uses,
                        "lsat.rules.forecast.valid-for", validFor == null ? "" : validFor))
                .rule("forecast")
                .orElseThrow()
                .plan();
        assertThat(plan).isEqualTo(new Plan(expectedUses, expectedTime));
        assertThat(plan.inWords()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "lsat.backend | LND | dev, lnd",
                "lsat.backend | \"\" | there is no default",
                "lsat.realm | we ather | A-Z a-z 0-9 . _ -",
                "lsat.realm | ü | A-Z a-z 0-9 . _ -",
                "lsat.realm | \"\" | part of the keys",
                "lsat.network | main | mainnet, testnet, signet, regtest",
                "lsat.ledger | jdbc | memory",
                "lsat.ledger.capacity | 0 | 1 to 1000000000",
                "lsat.ledger.capacity | -1 | 1 to 1000000000",
                "lsat.ledger.capacity | 99999999999999999999 | 1 to 1000000000",
                "lsat.ledger.lease | PT0S | duration",
                "lsat.ledger.lease | 2m | duration",
                "lsat.ledger.lease | P2D | duration",
                "lsat.invoice.expiry | PT0.5S | whole seconds",
                "lsat.invoice.expiry | -PT1M | duration",
                "lsat.invoice.expiry | P999999999999999999D | duration",
                "lsat.invoice.memo | {path} | {realm} and {rule}",
                "lsat.invoice.memo | x} | {realm} and {rule}",
                "lsat.challenges.per-client | 20 | 20/PT10S",
                "lsat.challenges.per-client | 0/PT10S | 20/PT10S",
                "lsat.challenges.per-client | 20/PT0S | 20/PT10S",
                "lsat.challenges.per-client | 20/-PT1S | 20/PT10S",
                "lsat.challenges.total | 20/PT99999999999999999S | 20/PT10S",
                "lsat.challenges.total | /PT10S | 20/PT10S",
                "lsat.challenges.total | Unlimited | unlimited",
                "lsat.rules.forecast.path | api | a path of ASCII",
                "lsat.rules.forecast.path | /a//b | a path of ASCII",
                "lsat.rules.forecast.path | /a/ | a path of ASCII",
                "lsat.rules.forecast.path | / | a path of ASCII",
                "lsat.rules.forecast.path | /a/*/b | a path of ASCII",
                "lsat.rules.forecast.path | /a* | a path of ASCII",
                "lsat.rules.forecast.path | /a/../b | a path of ASCII",
                "lsat.rules.forecast.path | /%61 | a path of ASCII",
                "lsat.rules.forecast.path | /a;b | a path of ASCII",
                "lsat.rules.forecast.path | /ä | a path of ASCII",
                "lsat.rules.forecast.path | /a b | a path of ASCII",
                "lsat.rules.forecast.path | * | a path of ASCII",
                "lsat.rules.forecast.path | *. | a path of ASCII",
                "lsat.rules.forecast.path | *.tar.gz | a path of ASCII",
                "lsat.rules.forecast.path | *.a/b | a path of ASCII",
                "lsat.rules.forecast.path | \"\" | a path of ASCII",
                "lsat.rules.forecast.price | \"\" | 10 sat",
                "lsat.rules.forecast.price | 10 | 10 sat",
                "lsat.rules.forecast.price | 10sat | 10 sat",
                "lsat.rules.forecast.price | 10  sat | 10 sat",
                "lsat.rules.forecast.price | 10 sats | 10 sat",
                "lsat.rules.forecast.price | 10 SAT | 10 sat",
                "lsat.rules.forecast.price | 0 sat | 10 sat",
                "lsat.rules.forecast.price | -1 sat | 10 sat",
                "lsat.rules.forecast.price | 1.5 sat | 10 sat",
                "lsat.rules.forecast.price | ٣ sat | 10 sat",
                "lsat.rules.forecast.price | 2100000000000001 sat | 10 sat",
                "lsat.rules.forecast.price | 9223372036854775807 msat | 10 sat",
                "lsat.rules.forecast.price | 99999999999999999999 sat | 10 sat",
                "lsat.rules.forecast.price | Free | free",
                "lsat.rules.forecast.methods | get | methods in capitals",
                "lsat.rules.forecast.methods | GET, | methods in capitals",
                "lsat.rules.forecast.methods | GET POST | methods in capitals",
                "lsat.rules.forecast.uses | 0 | 1 to 1000000000",
                "lsat.rules.forecast.uses | ten | 1 to 1000000000",
                "lsat.rules.forecast.uses | 1000000001 | 1 to 1000000000",
                "lsat.rules.forecast.valid-for | 30 days | P30D",
                "lsat.rules.forecast.valid-for | P1Y | P30D",
                "lsat.rules.forecast.valid-for | PT0S | P30D",
                "lsat.rules.forecast.valid-for | P36501D | P30D"
            })
    @DisplayName("of one wrong value has one fault that names property, value and what is allowed")
    void eachFaultNamesPropertyValueAndAllowed(String property, String value, String allowed) {
        Fault fault = onlyFault(property, value, "lsat.ledger", property.equals("lsat.ledger") ? value : "memory");
        assertThat(fault.property()).isEqualTo(property);
        assertThat(fault.value()).isEqualTo(value.strip());
        assertThat(fault.allowed()).contains(allowed);
        assertThat(fault).asString().startsWith(property + " = " + (value.isEmpty() ? "(not set)" : value));
    }

    @Test
    @DisplayName("of many faults reports them all at once")
    void allFaultsAtOnce() {
        List<Fault> faults = faults(
                "lsat.backend", "x",
                "lsat.realm", "!",
                "lsat.secret", "short",
                "lsat.network", "x",
                "lsat.invoice.expiry", "x",
                "lsat.rules.forecast.price", "x",
                "lsat.rules.forecast.methods", "x",
                "lsat.rules.other.path", "x",
                "lsat.priec", "x");
        assertThat(faults)
                .extracting(Fault::property)
                .containsExactlyInAnyOrder(
                        "lsat.backend",
                        "lsat.realm",
                        "lsat.secret",
                        "lsat.network",
                        "lsat.invoice.expiry",
                        "lsat.rules.forecast.price",
                        "lsat.rules.forecast.methods",
                        "lsat.rules.other.path",
                        "lsat.rules.other.price",
                        "lsat.priec");
        assertThat(new ConfigException(faults))
                .hasMessageContainingAll(faults.stream().map(Fault::toString).toArray(String[]::new));
    }

    @Nested
    @DisplayName("keeps secrets")
    final class Secrets {

        @Test
        @DisplayName("and tells nothing of a short one, an example, a placeholder, or a mistyped key")
        void tellsNothing() {
            for (String[] wrong : new String[][] {
                {"lsat.secret", "hunter2-hunter2"},
                {"lsat.secret", "correct-horse-battery-staple-0402"},
                {"lsat.secret", "abababababababababababababababababab"},
                {"lsat.secret.previous", SECRET + ",hunter2-hunter2"},
                {"lsat.secert", "hunter2-hunter2"},
                {"lsat.sekret", "hunter2-hunter2"},
                {"lsat.lnd.macaroon", "hunter2-hunter2"},
                {"lsat.secret.prevoius", "hunter2-hunter2"}
            }) {
                assertThat(onlyFault(wrong).toString())
                        .as(wrong[0])
                        .startsWith(wrong[0] + " = (hidden")
                        .doesNotContain("hunter2", "correct", "abab", SECRET);
            }
        }

        @Test
        @DisplayName("and misses one, unless the money is play money")
        void missesOne() {
            assertThat(onlyFault("lsat.secret", "").toString()).contains("lsat.secret = (not set)", "openssl rand");
            Settings dev = read(with("lsat.backend", "dev", "lsat.secret", "", "lsat.realm", ""));
            assertThat(dev.realm()).isEqualTo("lsat");
            assertThat(dev.invoiceNetwork()).isEqualTo("bcrt");
            assertThat(dev.notices()).singleElement().asString().contains("lsat.secret is not set");
        }

        @Test
        @DisplayName("of play money apart from those of every network")
        void ofPlayMoneyApart() {
            RootKeys dev =
                    read(with("lsat.backend", "dev", "lsat.network", "regtest")).keys();
            RootKeys real = read(with("lsat.network", "regtest")).keys();
            assertThat(real.isGenuine(Tokens.paid(Tokens.mint(dev, 0)))).isFalse();
        }

        @Test
        @DisplayName("without a comma or white space around it, since such a one could not be listed as a previous one")
        void thatCanBeRotated() {
            for (String secret : List.of(" " + SECRET, SECRET + " ", SECRET + "," + SECRET)) {
                Fault fault = onlyFault("lsat.secret", secret);
                assertThat(fault.property()).isEqualTo("lsat.secret");
                assertThat(fault.value()).isEqualTo(ConfigReader.HIDDEN);
                assertThat(fault.allowed()).contains("no comma", "lsat.secret.file");
            }
        }

        @Test
        @DisplayName("not from the documentation, nor a placeholder")
        void ofOnesOwn() {
            for (String secret :
                    List.of("changeme-changeme-changeme-changeme", "Please-Change-Me-0123456789-abcdefgh")) {
                assertThat(onlyFault("lsat.secret", secret).allowed()).contains("a secret of your own");
            }
        }

        @Test
        @DisplayName("in a file whose name is shown only if it looks like a path: it may be the secret itself")
        void inTheWrongProperty() {
            Fault fault = onlyFault("lsat.secret", "", "lsat.secret.file", SECRET);
            assertThat(fault.toString()).doesNotContain(SECRET);
        }

        @Test
        @DisplayName("in files, without their last newline, and previous ones several")
        void inFiles(@TempDir Path folder) throws IOException {
            Path file = Files.writeString(folder.resolve("present"), SECRET + "\n");
            Path old = Files.writeString(folder.resolve("old"), "0123456789abcdef0123456789abcdef\r\n");
            Settings settings = read(with(
                    "lsat.secret",
                    "",
                    "lsat.secret.file",
                    file.toString(),
                    "lsat.secret.previous",
                    "an older secret that is long enough, and a second that is long enough",
                    "lsat.secret.previous.file",
                    old.toString()));
            for (String previous : List.of(
                    SECRET,
                    "0123456789abcdef0123456789abcdef",
                    "an older secret that is long enough",
                    "and a second that is long enough")) {
                RootKeys keys = RootKeys.derive("weather", "bc", Secret.of(previous), List.of());
                assertThat(settings.keys().isGenuine(Tokens.paid(Tokens.mint(keys, 0))))
                        .as(previous)
                        .isTrue();
            }
        }

        @Test
        @DisplayName("in one place: a value and a file are a fault, and so is a file that is not there")
        void inOnePlace(@TempDir Path folder) {
            String missing = folder.resolve("missing").toString();
            assertThat(onlyFault("lsat.secret.file", missing).property()).isEqualTo("lsat.secret");
            assertThat(onlyFault("lsat.secret", "", "lsat.secret.file", missing).toString())
                    .contains("lsat.secret.file", "missing", "can be read");
            assertThat(onlyFault("lsat.secret.previous.file", "\u0000").property())
                    .isEqualTo("lsat.secret.previous.file");
        }
    }

    @Test
    @DisplayName("of proxies is read as a list, is empty by default, and says of each that is none what is allowed")
    void ofProxies() {
        assertThat(read(good()).trustedProxies().isEmpty()).isTrue();
        TrustedProxies proxies = read(with("lsat.trusted-proxies", "127.0.0.1/32, 10.0.0.0/8,::1/128"))
                .trustedProxies();
        assertThat(proxies.trust("10.1.2.3")).isTrue();
        assertThat(proxies.trust("192.0.2.1")).isFalse();
        assertThat(faults("lsat.trusted-proxies", "localhost,10.0.0.0/8,10.0.0.1/8,"))
                .extracting(Fault::toString)
                .hasSize(3)
                .allSatisfy(fault -> assertThat(fault).contains("127.0.0.1, 10.0.0.0/8"))
                .first()
                .asString()
                .startsWith("lsat.trusted-proxies = localhost: addresses and networks of proxies");
    }

    @Nested
    @DisplayName("of rules")
    final class Rules {

        @Test
        @DisplayName("needs one at least")
        void needsOne() {
            assertThatThrownBy(() -> read(Map.of("lsat.backend", "dev")))
                    .hasMessageContaining("lsat.rules.<name>.path")
                    .hasMessageContaining("at least one rule");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Forecast", "fore_cast", "fore.cast", "ä", "a b"})
        @DisplayName("takes names of a-z 0-9 - only")
        void takesNamesOfSomeLetters(String name) {
            assertThat(faults("lsat.rules." + name + ".path", "/x", "lsat.rules." + name + ".price", "1 sat"))
                    .anySatisfy(fault -> assertThat(fault.toString()).contains("rules." + name + ".path", "a-z 0-9 -"));
        }

        @Test
        @DisplayName("refuses two of one pattern that share a method")
        void refusesTies() {
            Fault fault = onlyFault(
                    "lsat.rules.forecast.methods", "GET,POST",
                    "lsat.rules.same.path", "/api/forecast/*",
                    "lsat.rules.same.price", "1 sat",
                    "lsat.rules.same.valid-for", "P1D",
                    "lsat.rules.same.methods", "HEAD");
            assertThat(fault.property()).isEqualTo("lsat.rules.same.path");
            assertThat(fault.allowed()).contains("lsat.rules.forecast");
        }

        @Test
        @DisplayName("takes two of one pattern with methods of their own")
        void takesTwoWithMethodsOfTheirOwn() {
            Settings settings = read(with(
                    "lsat.rules.forecast.methods", "GET",
                    "lsat.rules.same.path", "/api/forecast/*",
                    "lsat.rules.same.price", "free",
                    "lsat.rules.same.methods", "POST"));
            assertThat(settings.rules()).extracting(Rule::name).containsExactly("forecast", "same");
        }

        @Test
        @DisplayName("that are free sell nothing")
        void freeOnesSellNothing() {
            assertThat(onlyFault("lsat.rules.forecast.price", "free").allowed()).contains("a free rule sells nothing");
        }

        @Test
        @DisplayName("that sell nothing counted have the ledger that lasts, too, for what they sold before; or none")
        void soldBefore() {
            Map<String, String> passes = with("lsat.rules.forecast.valid-for", "P1D");
            assertThat(read(passes, Map.of("jdbc", Set.of())).ledger()).isEqualTo("jdbc");
            assertThat(read(passes, Map.of()).ledger()).isEqualTo("none");
            passes.put("lsat.ledger", "memory");
            assertThat(read(passes, Map.of("jdbc", Set.of())).ledger()).isEqualTo("memory");
            passes.put("lsat.ledger", "none");
            assertThat(catchThrowableOfType(ConfigException.class, () -> read(passes, Map.of())))
                    .hasMessageContaining("lsat.ledger = none");
        }

        @Test
        @DisplayName("that are counted need a ledger that lasts, or the owner's word")
        void countedOnesNeedALedger() {
            assertThat(onlyFault("lsat.rules.forecast.valid-for", "").toString())
                    .contains("lsat.ledger = (not set)", "lsat.ledger=memory");
            assertThat(read(with("lsat.backend", "dev", "lsat.rules.forecast.valid-for", ""))
                            .notices())
                    .isEmpty();
        }

        @Test
        @DisplayName("ten thousand of them are read in a moment")
        void tenThousand() {
            Map<String, String> many = new HashMap<>(good());
            for (int i = 0; i < 10_000; i++) {
                many.put("lsat.rules.r" + i + ".path", "/r/" + i);
                many.put("lsat.rules.r" + i + ".price", "free");
            }
            org.junit.jupiter.api.Assertions.assertTimeout(
                    Duration.ofSeconds(5), () -> assertThat(read(many).rules()).hasSize(10_001));
        }
    }

    @Nested
    @DisplayName("with names that nobody knows")
    final class UnknownNames {

        @ParameterizedTest
        @CsvSource({
            "lsat.bakend, lsat.backend",
            "lsat.rules.forecast.prize, lsat.rules.forecast.price",
            "lsat.rules.forecast.valid_for, lsat.rules.forecast.valid-for",
            "lsat.rules.forecast.fre, lsat.rules.forecast.free",
            "lsat.plans.month.ruless, lsat.",
            "lsat.rules..path, lsat.",
            "lsat.trusted-proxy, lsat.trusted-proxies",
            "lsat.cors.headers, lsat"
        })
        @DisplayName("stops, and names the nearest known one")
        void stops(String name, String nearest) {
            Fault fault = onlyFault(name, "x");
            assertThat(fault.property()).isEqualTo(name);
            assertThat(fault.value()).isEqualTo(name.matches("lsat.(rules|plans)[.].*") ? "x" : ConfigReader.HIDDEN);
            assertThat(fault.allowed()).contains("unknown property", "nearest known one is " + nearest);
        }

        @Test
        @DisplayName("of others takes no notice")
        void ofOthers() {
            read(with("lsatx.backend", "x", "quarkus.http.port", "1", "LSAT.BACKEND", "x"));
        }

        private List<String> warnings(Map<String, String> environment, String... guessed) {
            Map<String, String> properties = new HashMap<>(good());
            Set<String> names = new HashSet<>(properties.keySet());
            names.addAll(environment.keySet());
            names.addAll(Set.of(guessed));
            ConfigReader config = new ConfigReader(new ConfigValues(names, properties::get, environment));
            SettingsReader.read(config, BACKENDS, new SecureRandom());
            return config.finish();
        }

        @Test
        @DisplayName("in the environment warns only, also where an implementation guessed a dotted name back")
        void inTheEnvironmentWarns() {
            assertThat(warnings(Map.of("LSAT_RULES_FORECAST_PRIZE", "1 sat"), "lsat.rules.forecast.prize"))
                    .singleElement()
                    .asString()
                    .contains("LSAT_RULES_FORECAST_PRIZE", "lsat.rules.forecast.price");
            assertThat(warnings(Map.of("LSAT_BACKEND", "lnd", "PATH", "/bin", "LSATX", "1"), "lsat.backend"))
                    .isEmpty();
        }

        @Test
        @DisplayName("stops where a variable is meant to be a rule of its own, whatever an implementation makes of it")
        void aRuleInTheEnvironmentAlone() {
            Map<String, String> environment =
                    Map.of("LSAT_RULES_NEW_RULE_PATH", "/x", "LSAT_RULES_NEW_RULE_PRICE", "1 sat");
            assertThatThrownBy(() -> warnings(environment, "lsat.rules.new.rule.path", "lsat.rules.new.rule.price"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("LSAT_RULES_NEW_RULE_PATH")
                    .hasMessageContaining("lsat.rules.<name>.path");
            assertThatThrownBy(() -> warnings(environment)).isInstanceOf(ConfigException.class);
            assertThat(warnings(Map.of("LSAT_RULES_FORECAST_PATH", "/x"), "lsat.rules.forecast.path"))
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("shows of a value no control character and no more than 80 characters")
    void showsNoControlCharacters() {
        Fault fault = onlyFault("lsat.network", "a\r\n\u001b[31m" + "x".repeat(200));
        assertThat(fault.value()).startsWith("a???[31mx").hasSize(81).endsWith("…");
        String emoji = new Fault("p", "😀".repeat(100), "x").value();
        assertThat(emoji.codePoints().boxed().collect(Collectors.toSet()))
                .doesNotContain(0xd83d)
                .hasSize(2);
        assertThat(emoji.codePointCount(0, emoji.length())).isEqualTo(81);
    }

    @Test
    @DisplayName("has flags that are true or false")
    void flags() {
        ConfigReader config =
                new ConfigReader(ConfigValues.of(Map.of("lsat.a", "true", "lsat.b", "yes", "lsat.c", "")));
        assertThat(config.flag("lsat.a", false)).isTrue();
        assertThat(config.flag("lsat.b", true)).isTrue();
        assertThat(config.flag("lsat.c", true)).isTrue();
        assertThatThrownBy(config::finish).hasMessageContaining("lsat.b = yes: allowed are true, false");
    }
}
