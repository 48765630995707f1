package org.lsat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.lsat.testkit.FakeNode;

@DisplayName("A listener")
final class PaywallListenerTest {

    private final List<PaywallEvent> events = new ArrayList<>();
    private final Scene scene = new Scene(Map.of(), List.of(), null, events::add);

    @Test
    @DisplayName("is told of a challenge: what it asks, over which payment, and why")
    void aChallenge() {
        HttpAnswer answer = scene.answer(scene.get("/one/x", "L402 nonsense"));
        assertThat(answer.status()).isEqualTo(402);
        assertThat(events).singleElement().isInstanceOfSatisfying(PaywallEvent.Challenged.class, event -> {
            assertThat(event.product()).isEqualTo("one");
            assertThat(event.amountMsat()).isEqualTo(1500);
            assertThat(event.reason()).isEqualTo(Reason.MALFORMED);
            assertThat(event.payment().hex())
                    .isEqualTo(Scene.json(answer).required("paymentHash").asText());
            assertThat(event.method()).isEqualTo("GET");
            assertThat(event.path()).isEqualTo("/one/x");
            assertThat(event.time()).isEqualTo(scene.clock.instant());
        });
    }

    @Test
    @DisplayName("is told of a paid request: what opened it")
    void aPaidRequest() {
        Scene.Bought bought = scene.buy("/bundle");
        events.clear();
        Decision.Paid opened = scene.open("/bundle", bought.header());
        assertThat(events)
                .containsExactly(new PaywallEvent.Paid(
                        opened.access(), opened.payment(), true, "GET", "/bundle", scene.clock.instant()));
    }

    @Test
    @DisplayName("is told of what is refused without an invoice")
    void aRefusal() {
        scene.answer(scene.get("/one//x"));
        scene.node.misbehave(FakeNode.Fault.REFUSES);
        scene.answer(scene.get("/one/x"));
        assertThat(events)
                .containsExactly(
                        new PaywallEvent.Refused(Reason.BAD_TARGET, "GET", "/one//x", scene.clock.instant()),
                        new PaywallEvent.Refused(Reason.NODE_UNAVAILABLE, "GET", "/one/x", scene.clock.instant()));
    }

    @Test
    @DisplayName("is told once of a client that asks too often")
    void tooMany() {
        for (int i = 0; i < 21; i++) {
            scene.answer(scene.get("/one/x"));
        }
        assertThat(events).hasSize(21);
        assertThat(events.get(20))
                .isInstanceOfSatisfying(
                        PaywallEvent.Refused.class,
                        event -> assertThat(event.reason()).isEqualTo(Reason.TOO_MANY_CHALLENGES));
    }

    @Test
    @DisplayName("is told nothing of free requests and of preflights")
    void freeRequests() {
        scene.decide(scene.get("/elsewhere"));
        scene.decide(scene.get("/pass/gratis"));
        scene.answer(Scene.from(
                "https://shop.example", new Preflight("GET", ""), scene.request("OPTIONS", "/one/x", List.of())));
        assertThat(events).isEmpty();
    }

    @Test
    @DisplayName("is told of requests that are let through: without payment, or since nothing is enforced")
    void letThrough() {
        Scene free = new Scene(Map.of("lsat.rules.one.free", "1/PT1H"), List.of(), null, events::add);
        free.decide(free.get("/one/x"));
        assertThat(events)
                .containsExactly(new PaywallEvent.Waived("one", Waiver.QUOTA, "GET", "/one/x", free.clock.instant()));
        events.clear();
        Scene open = new Scene(Map.of("lsat.enforce", "false"), List.of(), null, events::add);
        assertThat(open.paywall.isEnforced()).isFalse();
        for (String path : new String[] {"/one//x", "/elsewhere", "/one/x"}) {
            open.paywall.report(open.decide(open.get(path)), open.get(path));
        }
        assertThat(events)
                .containsExactly(new PaywallEvent.NotEnforced("one", 1500, "GET", "/one/x", open.clock.instant()));
    }
}
