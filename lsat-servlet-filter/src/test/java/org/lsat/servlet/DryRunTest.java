package org.lsat.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lsat.Paywall;
import org.lsat.PaywallEvent;
import org.lsat.PriceSource;
import org.lsat.client.TrustedProxies;
import org.lsat.config.ConfigReader;
import org.lsat.config.ConfigValues;
import org.lsat.config.Settings;
import org.lsat.config.SettingsReader;
import org.lsat.rules.Price;

class DryRunTest {

    private static final InstantSource CLOCK = InstantSource.system();

    private final List<PaywallEvent> events = new ArrayList<>();
    private int served;

    @Test
    void aRequestIsServedAndReported() throws Exception {
        pass(request -> new Price(1_000));
        assertThat(served).isOne();
        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        PaywallEvent.NotEnforced.class,
                        event -> assertThat(event.amountMsat()).isEqualTo(1_000));
    }

    @Test
    void aRequestIsServedWhateverIsWrongWithItsPrice() throws Exception {
        pass(request -> {
            throw new IllegalStateException("no price");
        });
        pass(request -> {
            throw new AssertionError("no price");
        });
        assertThat(served).isEqualTo(2);
    }

    @Test
    void aFreeRequestThatIsAnsweredByAnErrorIsNoneOfTheFreeOnesAsWhereItIsEnforced() throws Exception {
        Paywall paywall = paywall(request -> new Price(1_000));
        pass(paywall, "/sampled", 404);
        pass(paywall, "/sampled", 404);
        pass(paywall, "/sampled", 200);
        assertThat(events).hasOnlyElementsOfType(PaywallEvent.Waived.class).hasSize(3);
        pass(paywall, "/sampled", 200);
        assertThat(events).last().isInstanceOf(PaywallEvent.NotEnforced.class);
    }

    private void pass(PriceSource prices) throws Exception {
        pass(paywall(prices), "/one", 200);
    }

    /** Neither a node nor a ledger is there: whoever asked one would be told so. */
    private Paywall paywall(PriceSource prices) {
        return new Paywall(
                settings(),
                new Paywall.Services(
                        NotRunning.INSTANCE,
                        NotRunning.INSTANCE,
                        CLOCK,
                        new SecureRandom(),
                        Optional.of(prices),
                        events::add));
    }

    private void pass(Paywall paywall, String path, int status) throws Exception {
        Guard guard = new Guard(
                paywall,
                CLOCK,
                new Warnings(CLOCK),
                new SecondGate(false, false, Set.of()),
                new Contradictions(CLOCK),
                new Clients(TrustedProxies.NONE));
        FilterChain chain = (request, response) -> served++;
        new Gate(guard, request(path), of(HttpServletResponse.class, Map.of("getStatus", status)), chain).pass();
    }

    private static Settings settings() {
        ConfigReader config = new ConfigReader(ConfigValues.of(Map.of(
                "lsat.backend", "dev",
                "lsat.enforce", "false",
                "lsat.rules.one.path", "/one",
                "lsat.rules.one.price", "code",
                "lsat.rules.sampled.path", "/sampled",
                "lsat.rules.sampled.price", "1 sat",
                "lsat.rules.sampled.free", "1/PT1H")));
        Settings settings = SettingsReader.read(config, Map.of("dev", true), new SecureRandom());
        config.finish();
        return settings;
    }

    private static HttpServletRequest request(String path) {
        return of(
                HttpServletRequest.class,
                Map.of(
                        "getDispatcherType",
                        DispatcherType.REQUEST,
                        "getMethod",
                        "GET",
                        "getServletPath",
                        path,
                        "getRequestURI",
                        path,
                        "getContextPath",
                        "",
                        "isAsyncStarted",
                        false,
                        "getRemoteAddr",
                        "192.0.2.1",
                        "getHeaders",
                        Collections.emptyEnumeration()));
    }

    /** Answers these, keeps attributes, and {@code null} is the answer to all else. */
    private static <T> T of(Class<T> type, Map<String, Object> answers) {
        Map<Object, Object> attributes = new HashMap<>();
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getAttribute" -> attributes.get(arguments[0]);
                    case "setAttribute" -> attributes.put(arguments[0], arguments[1]);
                    default -> answers.get(method.getName());
                }));
    }
}
