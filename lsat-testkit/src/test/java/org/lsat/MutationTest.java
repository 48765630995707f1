package org.lsat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.lsat.config.ConfigException;
import org.lsat.config.ConfigReader;
import org.lsat.config.ConfigValues;
import org.lsat.config.SettingsReader;
import org.lsat.protocol.Bolt11;
import org.lsat.protocol.Bolt11Exception;
import org.lsat.protocol.Credential;
import org.lsat.protocol.Credentials;
import org.lsat.protocol.Identifier;
import org.lsat.protocol.Macaroon;
import org.lsat.protocol.MacaroonCodec;
import org.lsat.protocol.Terms;
import org.lsat.protocol.Tokens;
import org.lsat.rules.PathPattern;
import org.lsat.rules.Price;
import org.lsat.rules.Rate;
import org.lsat.rules.RequestTarget;
import org.lsat.testkit.Mutations;
import org.lsat.testkit.Vectors;

/** Every parser under a rain of mutants: none throws what it does not declare, none takes a changed token for the old one. */
@DisplayName("Under mutation")
final class MutationTest {

    private static final long SEED = 402;

    /** Enough for a build; {@code -Dlsat.mutations=1000000} for a night. */
    private static final int ROUNDS = Integer.getInteger("lsat.mutations", 4_000);

    private final Mutations mutations = new Mutations(SEED);
    private final Random random = new Random(SEED);

    private <T> T any(List<T> seeds) {
        return seeds.get(random.nextInt(seeds.size()));
    }

    /** Runs {@code parser} on mutants of {@code seeds}, each of which is named if it throws. */
    private void rain(List<String> seeds, Parser parser) {
        for (int round = 0; round < ROUNDS; round++) {
            String mutant = mutations.of(any(seeds));
            assertThatCode(() -> parser.parse(mutant))
                    .as("seed %d, round %d: %s", SEED, round, mutant)
                    .doesNotThrowAnyException();
        }
    }

    private interface Parser {
        void parse(String text) throws Exception;
    }

    @Test
    @DisplayName("the macaroon codec throws nothing, and what it takes it writes again byte for byte")
    void macaroonCodec() {
        List<byte[]> seeds = Vectors.rows("macaroon.json", "vectors")
                .map(row -> Tokens.decode(row.required("v2Base64").asText()).bytes())
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutant = mutations.of(any(seeds));
            Macaroon macaroon = MacaroonCodec.decode(mutant.clone());
            if (macaroon != null) {
                assertThat(macaroon.bytes()).isEqualTo(mutant);
                for (int i = 0; i < macaroon.caveatCount(); i++) {
                    macaroon.caveat(i);
                }
                assertThat(macaroon.location()).isNotNull();
                assertThat(macaroon.isSignedWith(new byte[32])).isFalse();
            }
        }
    }

    @Test
    @DisplayName("no credential with a changed identifier, caveat, signature or preimage is genuine")
    void noChangedCredentialIsGenuine() {
        Macaroon original = Tokens.narrowed(Tokens.bundle(5), "forecast_uses=4", "a=b");
        String header = Tokens.l402(original);
        int genuine = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String mutant = mutations.of(header);
            Credentials read = Credentials.read(List.of(mutant), List.of());
            for (Credential credential : read.candidates()) {
                if (Tokens.keys(1).isGenuine(credential)) {
                    genuine++;
                    assertSame(credential.macaroon(), original, "seed %d, round %d: %s".formatted(SEED, round, mutant));
                }
            }
        }
        assertThat(genuine)
                .as("mutants that only turn case, spaces or a scheme")
                .isPositive();
    }

    @Test
    @DisplayName("no token with changed bytes is genuine, unless what changed is the location")
    void noChangedBytesAreGenuine() {
        Macaroon original = Tokens.narrowed(Tokens.pass(), "a=b");
        for (int round = 0; round < ROUNDS; round++) {
            Macaroon mutant = MacaroonCodec.decode(mutations.of(original.bytes()));
            if (mutant != null && Tokens.keys(1).isGenuine(Tokens.paid(mutant))) {
                assertSame(mutant, original, "seed %d, round %d".formatted(SEED, round));
            }
        }
    }

    private static void assertSame(Macaroon mutant, Macaroon original, String which) {
        assertThat(mutant.identifier()).as(which).isEqualTo(original.identifier());
        assertThat(mutant.signature()).as(which).isEqualTo(original.signature());
        assertThat(mutant.caveatCount()).as(which).isEqualTo(original.caveatCount());
        for (int i = 0; i < mutant.caveatCount(); i++) {
            assertThat(mutant.caveatBytes(i)).as(which).isEqualTo(original.caveatBytes(i));
        }
    }

    @Test
    @DisplayName("the reader of credentials throws nothing")
    void credentials() {
        String one = Tokens.l402(Tokens.pass());
        String hex = HexFormat.of()
                .formatHex(Tokens.narrowed(Tokens.pass(), "preimage=" + Tokens.PREIMAGE.revealHex())
                        .bytes());
        rain(
                List.of(one, one + ", " + one, "Basic eDp5, " + one, "LSAT a,b:c", hex, "", "L402 "),
                text -> Credentials.read(List.of(text, one), List.of(text)));
    }

    @Test
    @DisplayName("caveats throw nothing, and never give more than was bought")
    void terms() {
        List<String> seeds = List.of(
                "services=forecast:0",
                "forecast_valid_until=1893455000",
                "forecast_uses=7",
                "forecast_capabilities=GET,POST",
                "preimage=" + Tokens.PREIMAGE.revealHex(),
                "foo=bar",
                "forecast_x=1");
        rain(seeds, caveat -> {
            Macaroon macaroon = Tokens.narrowed(Tokens.bundle(10), caveat, any(seeds));
            Terms terms = Tokens.terms(macaroon);
            assertThat(terms.limit(10)).isLessThanOrEqualTo(10);
            assertThat(terms.validUntil()).isLessThanOrEqualTo(Tokens.END);
            assertThat(terms.mintedUntil()).isEqualTo(Tokens.END);
            terms.allows("GET");
            assertThat(Identifier.of(macaroon)).isPresent();
        });
    }

    @Test
    @DisplayName("the reader of invoices throws what it declares")
    void invoices() {
        List<String> seeds = Stream.concat(Vectors.rows("bolt11.json", "own"), Vectors.rows("bolt11.json", "valid"))
                .map(row -> row.required("invoice").asText())
                .toList();
        rain(seeds, text -> {
            try {
                Bolt11.parse(text).expiresAt();
            } catch (Bolt11Exception expected) {
                assertThat(expected).hasMessageStartingWith("not a BOLT 11 invoice: ");
            }
        });
    }

    @Test
    @DisplayName("an invoice with damaged fields and a right checksum throws what is declared")
    void damagedFieldsWithARightChecksum() {
        List<String> seeds = Vectors.rows("bolt11.json", "own")
                .map(row -> row.required("invoice").asText())
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            String damaged = Rebuilt.damaged(any(seeds), mutations);
            assertThatCode(() -> {
                        try {
                            Bolt11.parse(damaged).expiresAt();
                        } catch (Bolt11Exception expected) {
                            assertThat(expected).hasMessageStartingWith("not a BOLT 11 invoice: ");
                        }
                    })
                    .as("seed %d, round %d: %s", SEED, round, damaged)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    @DisplayName("a request target is judged without an exception, and what is canonical has none of the tricks")
    void requestTargets() {
        List<String> seeds = new ArrayList<>(Vectors.lines("servlet6-uri-canonicalization.jsonl")
                .map(row -> row.required("in").asText())
                .toList());
        rain(seeds, text -> {
            if (RequestTarget.isCanonical(text)) {
                assertThat(text).matches("/[\\x21-\\x7e]*").doesNotContain("//", ";", "\\", "?", "#", "/../", "/./");
                assertThat(text.toLowerCase(java.util.Locale.ROOT))
                        .doesNotContain("%2f", "%5c", "%2e", "%25", "%3b", "%0", "%1", "%7f", "%u", "%c0", "%c1");
            }
        });
    }

    @Test
    @DisplayName("a client's network is found without an exception")
    void clientNetworks() {
        rain(
                List.of("192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1", "[fe80::1%eth0]", "1:2:3:4:5:6:7:8", "::"),
                ClientNetwork::of);
    }

    @Test
    @DisplayName("the price table takes any path and any pattern")
    void pathsAndPatterns() {
        Scene scene = new Scene();
        List<String> seeds = List.of("/one/x", "/bundle", "/pass/gratis", "/a.csv;v=1/b", "*.csv", "/a/*");
        rain(seeds, text -> {
            scene.settings.prices().rule(text, text);
            PathPattern.parse(text).ifPresent(pattern -> assertThat(pattern).hasToString(text));
        });
    }

    @Test
    @DisplayName("prices and rates are read or refused")
    void pricesAndRates() {
        rain(List.of("10 sat", "1500 msat", "free", "20/PT10S", "1000/PT99999999S", "unlimited"), text -> {
            Price.parse(text).ifPresent(price -> assertThat(price.amountMsat()).isNotNegative());
            Rate.parse(text).ifPresent(rate -> assertThat(rate.permits()).isPositive());
        });
    }

    @Test
    @DisplayName("any value of any property is read, or refused as a fault of the configuration")
    void configuration() {
        Map<String, String> good = Map.ofEntries(
                Map.entry("lsat.backend", "fake"),
                Map.entry("lsat.realm", "weather"),
                Map.entry("lsat.secret", "a secret of the tests that is long enough"),
                Map.entry("lsat.secret.previous", "an older secret that is long enough"),
                Map.entry("lsat.network", "regtest"),
                Map.entry("lsat.ledger", "memory"),
                Map.entry("lsat.ledger.capacity", "100"),
                Map.entry("lsat.ledger.lease", "PT2M"),
                Map.entry("lsat.invoice.expiry", "PT10M"),
                Map.entry("lsat.invoice.memo", "{realm} {rule}"),
                Map.entry("lsat.challenges.total", "1000/PT10S"),
                Map.entry("lsat.rules.one.path", "/one/*"),
                Map.entry("lsat.rules.one.price", "10 sat"),
                Map.entry("lsat.rules.one.methods", "GET,POST"),
                Map.entry("lsat.rules.one.uses", "10"),
                Map.entry("lsat.rules.one.valid-for", "P30D"));
        List<String> names = good.keySet().stream().sorted().toList();
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, String> mutant = new HashMap<>(good);
            String name = any(names);
            mutant.put(round % 7 == 0 ? mutations.of(name) : name, mutations.of(good.getOrDefault(name, "")));
            assertThatCode(() -> readOrRefuse(mutant))
                    .as("seed %d, round %d: %s", SEED, round, mutant)
                    .doesNotThrowAnyException();
        }
    }

    private static void readOrRefuse(Map<String, String> properties) {
        ConfigReader config = new ConfigReader(ConfigValues.of(properties));
        SettingsReader.read(config, Map.of("fake", false), new SecureRandom());
        try {
            config.finish();
        } catch (ConfigException expected) {
            assertThat(expected.faults()).isNotEmpty();
            assertThat(expected.getMessage()).doesNotContain("a secret of", "an older secret");
        }
    }
}
