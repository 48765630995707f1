package org.lsat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.lsat.config.AnnotatedRule;
import org.lsat.config.ConfigReader;
import org.lsat.config.ConfigValues;
import org.lsat.config.Settings;
import org.lsat.config.SettingsReader;
import org.lsat.ledger.Ledger;
import org.lsat.ledger.MemoryLedger;
import org.lsat.protocol.Macaroon;
import org.lsat.protocol.Tokens;
import org.lsat.testkit.FakeNode;
import org.lsat.testkit.SettableClock;

/** A paywall with a fake node, a ledger in memory and a clock that stands still, and a client that pays. */
final class Scene {

    static final String START = "2026-01-01T00:00:00Z";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, String> SHOP = Map.ofEntries(
            Map.entry("lsat.backend", "fake"),
            Map.entry("lsat.realm", "weather"),
            Map.entry("lsat.secret", "a secret of the tests that is long enough"),
            Map.entry("lsat.network", "regtest"),
            Map.entry("lsat.ledger", "memory"),
            Map.entry("lsat.rules.one.path", "/one/*"),
            Map.entry("lsat.rules.one.price", "1500 msat"),
            Map.entry("lsat.rules.one.description", "One \"forecast\""),
            Map.entry("lsat.rules.bundle.path", "/bundle"),
            Map.entry("lsat.rules.bundle.price", "30 sat"),
            Map.entry("lsat.rules.bundle.uses", "3"),
            Map.entry("lsat.rules.pass.path", "/pass/*"),
            Map.entry("lsat.rules.pass.price", "100 sat"),
            Map.entry("lsat.rules.pass.valid-for", "P30D"),
            Map.entry("lsat.rules.get-only.path", "/get-only"),
            Map.entry("lsat.rules.get-only.price", "1 sat"),
            Map.entry("lsat.rules.get-only.methods", "GET"),
            Map.entry("lsat.rules.gratis.path", "/pass/gratis"),
            Map.entry("lsat.rules.gratis.price", "free"));

    final SettableClock clock = SettableClock.at(START);
    final Settings settings;
    final FakeNode node;
    final Paywall paywall;

    Scene() {
        this(Map.of(), null, null);
    }

    Scene(Map<String, String> more) {
        this(more, null, null);
    }

    Scene(Map<String, String> more, UnaryOperator<Ledger> around) {
        this(more, around, null);
    }

    Scene(Map<String, String> more, @Nullable UnaryOperator<Ledger> around, InvoiceSource.@Nullable StandIn standIn) {
        this.settings = settings(more, List.of());
        this.node = new FakeNode(clock, "bcrt", standIn);
        Ledger memory = new MemoryLedger(settings.ledgerCapacity(), settings.ledgerLease(), clock);
        Ledger ledger = around == null ? memory : around.apply(memory);
        this.paywall = new Paywall(settings, new Paywall.Services(node, ledger, clock, new SecureRandom()));
    }

    /** With what an application may bring. */
    Scene(
            Map<String, String> more,
            List<AnnotatedRule> annotated,
            @Nullable PriceSource prices,
            PaywallListener listener) {
        this.settings = settings(more, annotated);
        this.node = new FakeNode(clock, "bcrt");
        Ledger ledger = new MemoryLedger(settings.ledgerCapacity(), settings.ledgerLease(), clock);
        this.paywall = new Paywall(
                settings,
                new Paywall.Services(node, ledger, clock, new SecureRandom(), Optional.ofNullable(prices), listener));
    }

    private static Settings settings(Map<String, String> more, List<AnnotatedRule> annotated) {
        Map<String, String> properties = new HashMap<>(SHOP);
        properties.putAll(more);
        ConfigReader config = new ConfigReader(ConfigValues.of(properties));
        Settings settings = SettingsReader.read(config, annotated, Map.of("fake", false), Map.of(), new SecureRandom());
        config.finish();
        return settings;
    }

    /** A request without a credential. */
    RequestFacts get(String path) {
        return request("GET", path, List.of());
    }

    RequestFacts get(String path, String... authorization) {
        return request("GET", path, List.of(authorization));
    }

    RequestFacts request(String method, String path, List<String> authorization) {
        return new RequestFacts(
                method,
                path,
                path,
                "/app",
                authorization,
                List.of(),
                null,
                null,
                null,
                "192.0.2.1",
                true,
                null,
                Set.of(),
                clock.instant());
    }

    /** The same request with another query. */
    static RequestFacts asking(RequestFacts request, String query) {
        return new RequestFacts(
                request.method(),
                request.path(),
                request.requestUri(),
                request.contextPath(),
                request.authorization(),
                request.macaroons(),
                query,
                request.origin(),
                request.preflight(),
                request.clientAddress(),
                request.localPeer(),
                request.user(),
                Set.of(),
                request.time());
    }

    /** The same request, sent by a page of an origin. */
    static RequestFacts from(@Nullable String origin, @Nullable Preflight preflight, RequestFacts request) {
        return new RequestFacts(
                request.method(),
                request.path(),
                request.requestUri(),
                request.contextPath(),
                request.authorization(),
                request.macaroons(),
                request.query(),
                origin,
                preflight,
                request.clientAddress(),
                request.localPeer(),
                request.user(),
                Set.of(),
                request.time());
    }

    Decision decide(RequestFacts request) {
        return paywall.decide(request);
    }

    /** The answer that a client sees who has to pay, or is refused. */
    HttpAnswer answer(RequestFacts request) {
        Decision decision = decide(request);
        if (decision instanceof Decision.PaymentNeeded needed) {
            return paywall.challenge(needed, request);
        }
        return ((Decision.Refused) decision).answer();
    }

    /** The reason for which {@code authorization} does not open {@code path}. */
    Reason refusal(String path, String... authorization) {
        Decision decision = decide(get(path, authorization));
        assertThat(decision).isInstanceOf(Decision.PaymentNeeded.class);
        return ((Decision.PaymentNeeded) decision).reason();
    }

    Decision.Paid open(String path, String... authorization) {
        return open(get(path, authorization));
    }

    Decision.Paid open(RequestFacts request) {
        Decision decision = decide(request);
        assertThat(decision).isInstanceOf(Decision.Paid.class);
        return (Decision.Paid) decision;
    }

    /** What a client has who paid: the macaroon as it was sold, and the preimage. */
    record Bought(Macaroon macaroon, String preimage) {

        String header() {
            return header(macaroon);
        }

        String narrowed(String... caveats) {
            return header(Tokens.narrowed(macaroon, caveats));
        }

        private String header(Macaroon which) {
            return "L402 " + which.base64() + ":" + preimage;
        }
    }

    Bought buy(String path) {
        return buy(get(path));
    }

    Bought buy(RequestFacts request) {
        HttpAnswer answer = answer(request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(402);
        JsonNode body = json(answer);
        return new Bought(
                Tokens.decode(body.required("macaroon").asText()),
                node.preimageOf(body.required("invoice").asText()).revealHex());
    }

    static JsonNode json(HttpAnswer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + answer.body(), e);
        }
    }

    static List<String> values(HttpAnswer answer, String header) {
        return answer.headers().stream()
                .filter(h -> h.name().equals(header))
                .map(Header::value)
                .toList();
    }
}
