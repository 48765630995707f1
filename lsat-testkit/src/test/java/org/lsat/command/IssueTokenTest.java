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
            product=month until=2025-01-01T00:00:00Z   | has passed
            product=month valid-for=P1D uses=0         | a whole number from 1
            product=month valid-for=P1D deposit=free   | <digits> sat
            product=month valid-for=P1D uses=1 deposit=1000msat | <digits> sat
            product=month valid-for=P1D use=1          | config, product, uses, deposit
            product=month product=rate                 | each name once
            month                                      | <name>=<value>
            product=month valid-for=P1D lsat.network=main | mainnet, testnet
            product=month valid-for=P1D config=nowhere | each name once
            """)
    @DisplayName("says what is wrong, and makes none")
    void faults(String arguments, String said) {
        assertThat(runWithFile(arguments.strip().split(" +"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(said).doesNotContain(SECRET);
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
