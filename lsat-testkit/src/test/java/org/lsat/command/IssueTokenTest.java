package org.lsat.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lsat.protocol.Credential;
import org.lsat.protocol.Credentials;
import org.lsat.protocol.Identifier;
import org.lsat.protocol.RootKeys;
import org.lsat.protocol.Secret;
import org.lsat.protocol.Terms;
import org.lsat.protocol.TokenId;
import org.lsat.testkit.SettableClock;

@DisplayName("The command that issues tokens")
final class IssueTokenTest {

    private static final String SECRET = "f1c3a9be07d24e58aa6b90cc1d3e5f70";
    private static final String START = "2026-01-01T00:00:00Z";

    @TempDir
    private Path directory;

    private Path file;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeConfiguration() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), SECRET + "\n");
        file = Files.writeString(directory.resolve("microprofile-config.properties"), """
                lsat.backend=lnd
                lsat.realm=weather
                lsat.secret.file=%s
                lsat.rules.rate.path=/rate/*
                lsat.rules.rate.price=1 sat
                lsat.plans.month.rules=rate
                lsat.lnd.target=127.0.0.1:10009
                """.formatted(
                        secret.toString().replace("\\", "/")));
    }

    private int run(Map<String, String> environment, String... arguments) {
        return IssueToken.run(
                List.of(arguments), environment, SettableClock.at(START), new PrintStream(out), new PrintStream(err));
    }

    private void add(String lines) throws IOException {
        Files.writeString(file, Files.readString(file) + lines);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private int runWithFile(String... arguments) {
        List<String> all = new ArrayList<>(List.of("config=" + file));
        all.addAll(List.of(arguments));
        return run(Map.of(), all.toArray(String[]::new));
    }

    private Credential issued() {
        String said = out.toString(StandardCharsets.UTF_8).strip();
        assertThat(said).startsWith("Authorization: L402 ");
        return Credentials.read(List.of(said.substring("Authorization: ".length())), List.of())
                .candidates()
                .get(0);
    }

    private TokenId genuine(String network, String product, long end) {
        Credential credential = issued();
        RootKeys keys = RootKeys.derive("weather", network, Secret.of(SECRET), List.of());
        assertThat(keys.isGenuine(credential)).isTrue();
        Terms terms = Terms.of(credential, product);
        assertThat(terms.standing()).isEqualTo(Terms.Standing.OPENS);
        assertThat(terms.validUntil()).isEqualTo(end);
        return Identifier.ofGenuine(credential.macaroon()).tokenId();
    }

    private static long end(long days) {
        return java.time.Instant.parse(START).getEpochSecond() + days * 86_400;
    }

    @Test
    @DisplayName("makes one for any number of requests, from the application's own configuration")
    void aPass() {
        assertThat(runWithFile("product=month", "valid-for=P30D")).isZero();
        TokenId id = genuine("bc", "month", end(30));
        assertThat(id.isComplimentary()).isTrue();
        assertThat(id.isCounted()).isFalse();
        assertThat(err.toString(StandardCharsets.UTF_8)).matches("(?s)payment [0-9a-f]{8}, .*");
    }

    @Test
    @DisplayName("makes one for so many requests, until a day")
    void aBundle() {
        assertThat(runWithFile("product=rate", "until=2026-02-01T00:00:00Z", "uses=7"))
                .isZero();
        assertThat(genuine("bc", "rate", end(31)).uses()).isEqualTo(7);
    }

    @Test
    @DisplayName("makes a balance, and takes realm, network and secret from arguments and environment, too")
    void aBalance() {
        assertThat(run(
                        Map.of("LSAT_SECRET", SECRET, "LSAT_NETWORK", "testnet"),
                        "lsat.realm=weather",
                        "product=annotated",
                        "valid-for=P1D",
                        "deposit=1500 sat"))
                .isZero();
        assertThat(genuine("tb", "annotated", end(1)).depositMsat()).isEqualTo(1_500_000);
    }

    @Test
    @DisplayName("makes one of a rule that only an annotation names, where an argument names it, too")
    void annotated() {
        assertThat(runWithFile("product=history", "valid-for=P1D")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("lsat.rules.history.price=annotated");
        assertThat(runWithFile("product=history", "valid-for=P1D", "lsat.rules.history.price=annotated"))
                .isZero();
        genuine("bc", "history", end(1));
    }

    @Test
    @DisplayName("makes play money's for an application with the dev wallet that has a secret of its own")
    void playMoney() {
        assertThat(runWithFile("lsat.backend=dev", "product=rate", "valid-for=P1D"))
                .isZero();
        genuine("dev", "rate", end(1));
        assertThat(run(Map.of(), "lsat.backend=dev", "lsat.realm=weather", "product=rate", "valid-for=P1D"))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("lsat.secret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            product=monht valid-for=P1D                | month, rate; of a rule that only an annotation names
            valid-for=P1D                              | the name of a rule or a plan
            product=month                              | either valid-for=P30D or until=
            product=month valid-for=P1D until=2027-01-31T00:00:00Z | either valid-for=P30D or until=
            product=month until=tomorrow               | a time in UTC such as
            product=month until=2025-01-01T00:00:00Z   | until = 2025-01-01T00:00:00Z: a time in UTC after 2026-01-01T00:00:00Z
            product=month until=2026-01-01T00:00:00Z   | until = 2026-01-01T00:00:00Z: a time in UTC after 2026-01-01T00:00:00Z
            product=month until=2125-12-31T00:00:00Z   | until = 2125-12-31T00:00:00Z: a time in UTC after 2026-01-01T00:00:00Z, which is now, up to 2125-12-08T00:00:00Z
            product=month valid-for=P36501D            | valid-for = P36501D: a duration
            product=month valid-for=P1D uses=0         | a whole number from 1
            product=month valid-for=P1D deposit=free   | <digits> sat
            product=month valid-for=P1D uses=1 deposit=1000msat | <digits> sat
            product=month valid-for=P1D use=1          | config, product, uses, deposit
            product=month product=rate                 | product = (twice)
            month                                      | argument 2 = (not shown): <name>=<value>
            product=month valid-for=P1D lsat.network=main | mainnet, testnet
            product=month valid-for=P1D config=nowhere | config = (twice)
            """)
    @DisplayName("says what is wrong, and makes none")
    void faults(String arguments, String said) {
        assertThat(runWithFile(arguments.strip().split(" +"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(said).doesNotContain(SECRET);
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lsat.network=${NETWORK}                 | lsat.network = (has ${…})
            lsat.lnd.target=${NODE}:10009           | lsat.lnd.target = (has ${…})
            %prod.lsat.network=testnet              | %prod.lsat.network = testnet
            mp.config.profile=prod                  | mp.config.profile = prod
            """)
    @DisplayName(
            "refuses a file with expressions or profiles, as the server's plain reader does, and says how to go without it")
    void whatIsNotPlain(String line, String said) throws IOException {
        add(line + "\n");
        assertThat(runWithFile("product=month", "valid-for=P1D")).isEqualTo(2);
        assertThat(said()).contains(said, "without config").doesNotContain("smallrye");
        assertThat(out.size()).isZero();
    }

    @Test
    @DisplayName("takes no expression for a secret, wherever it stands, and shows nothing of it")
    void anExpressionIsNoSecret() throws IOException {
        String expression = "hunter2${SHOP_SECRET_THAT_IS_LONG_ENOUGH}";
        String[] arguments = {"lsat.realm=weather", "product=month", "valid-for=P1D"};
        assertThat(run(Map.of("LSAT_SECRET", expression), arguments)).isEqualTo(2);
        assertThat(said()).contains("LSAT_SECRET = (has ${…})");
        file = Files.writeString(directory.resolve("other"), "lsat.realm=weather\nlsat.secret=" + expression + "\n");
        assertThat(runWithFile("product=month", "valid-for=P1D")).isEqualTo(2);
        assertThat(run(Map.of(), "lsat.secret=" + expression, "lsat.realm=weather", "product=month", "valid-for=P1D"))
                .isEqualTo(2);
        assertThat(said()).contains("lsat.secret = (has ${…})").doesNotContain("hunter2");
        assertThat(out.size()).isZero();
    }

    @Test
    @DisplayName("leaves expressions and profiles of others in the file alone, and properties that it does not read")
    void theFileOfARealApplication() throws IOException {
        add("""
                greeting=${HELLO}
                %dev.greeting=hi
                lsat.lnd.cert=/etc/shop/tls.cert
                lsat.settlement=strict
                lsat.ledger.dir=/var/lib/shop
                lsat.not-of-this-release=1
                """);
        assertThat(runWithFile("product=month", "valid-for=P1D")).isZero();
        genuine("bc", "month", end(1));
    }

    @Test
    @DisplayName("refuses a property that stands twice in the file, and names the file")
    void twiceInTheFile() throws IOException {
        add("lsat.realm=shop\n");
        assertThat(runWithFile("product=month", "valid-for=P1D")).isEqualTo(2);
        assertThat(said()).contains("lsat.realm = (twice): once in " + file);
    }

    @Test
    @DisplayName("follows the file's config_ordinal as the server does, and arguments before all")
    void ordinal() throws IOException {
        add("config_ordinal=500\nlsat.network=signet\n");
        String[] arguments = {"config=" + file, "product=month", "valid-for=P1D"};
        Map<String, String> environment = Map.of("LSAT_NETWORK", "testnet");
        assertThat(run(environment, arguments)).isZero();
        genuine("tbs", "month", end(1));
        out.reset();
        assertThat(run(environment, "config=" + file, "product=month", "valid-for=P1D", "lsat.network=regtest"))
                .isZero();
        genuine("bcrt", "month", end(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lsat.netwrok=testnet                | lsat.netwrok = (hidden): unknown property; the nearest known one is lsat.network
            lsat.secret.fiel=/etc/shop/secret   | the nearest known one is lsat.secret.file
            lsat.rule.history.price=annotated   | the nearest known one is lsat.rules.month.price
            lsat.lnd.target=127.0.0.1:10009     | lsat.lnd.target = (hidden): unknown property
            """)
    @DisplayName("reports an argument that it does not read, with the nearest that it does")
    void misspelt(String argument, String said) {
        assertThat(runWithFile("product=month", "valid-for=P1D", argument)).isEqualTo(2);
        assertThat(said()).contains(said);
        assertThat(out.size()).isZero();
    }

    @Test
    @DisplayName("reads a network as an argument for play money, too, whose keys have none")
    void networkOfPlayMoney() {
        assertThat(runWithFile("lsat.backend=dev", "lsat.network=regtest", "product=rate", "valid-for=P1D"))
                .isZero();
        genuine("dev", "rate", end(1));
        assertThat(runWithFile("lsat.backend=dev", "lsat.network=reg", "product=rate", "valid-for=P1D"))
                .isEqualTo(2);
        assertThat(said()).contains("lsat.network = reg: allowed are mainnet");
    }

    @Test
    @DisplayName("takes product and end from arguments alone, not from variables that happen to be called so")
    void variablesOfOthers() {
        Map<String, String> environment =
                Map.of("LSAT_SECRET", SECRET, "USES", "7", "UNTIL", "tomorrow", "CONFIG", "nowhere", "deposit", "x");
        assertThat(run(environment, "lsat.realm=weather", "product=month", "valid-for=P1D"))
                .isZero();
        assertThat(genuine("bc", "month", end(1)).isCounted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lsat.secret=" + SECRET + " lsat.secret=" + SECRET,
                "lsat.secret= " + SECRET,
                "lsat.secret= 8c3NDkKpXv1rYw5uQ0fJb7LhTz2eAaGi9sRmOtVxBdE=",
                "=" + SECRET,
                "LSAT_SECRET=" + SECRET,
                "lsat.secert=" + SECRET,
                "secret=" + SECRET
            })
    @DisplayName("repeats no secret, however the argument is mistaken")
    void noSecretIsShown(String mistaken) {
        List<String> arguments = new ArrayList<>(List.of(mistaken.split(" ")));
        arguments.addAll(List.of("lsat.realm=weather", "product=month", "valid-for=P1D"));
        assertThat(run(Map.of(), arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(said()).isNotBlank().doesNotContain(SECRET).doesNotContain("8c3NDkKp");
        assertThat(out.size()).isZero();
    }

    @Test
    @DisplayName("says how it is used where it is told nothing, and which file it cannot read")
    void usage() {
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("product=month", "valid-for=P30D", "config=<file>");
        assertThat(run(Map.of(), "config=nowhere.properties")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("nowhere.properties");
    }
}
