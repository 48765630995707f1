package org.lsat;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lsat.ledger.Ledger;
import org.lsat.ledger.MemoryLedger;
import org.lsat.protocol.PaymentHash;
import org.lsat.testkit.FakeNode;

@DisplayName("Strict settlement")
final class SettlementTest {

    private static final Duration PAYABLE = Duration.ofMinutes(10);
    private static final Duration LAG = Duration.ofMinutes(1);

    private final Scene scene = new Scene(Map.of("lsat.settlement", "strict"));

    @Test
    @DisplayName("asks the node at a payment's first use, and never again")
    void asksOnce() {
        Scene.Bought bundle = scene.buy("/bundle");
        Scene.Bought pass = scene.buy("/pass/x");
        for (int i = 0; i < 3; i++) {
            scene.open("/bundle", bundle.header());
            scene.open("/pass/x", pass.header());
        }
        assertThat(scene.node.settlementQuestions()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bundle", "/pass/x"})
    @DisplayName("never again after a restart either, where the ledger lasts")
    void asksOnceAlsoAfterARestart(String path) throws Exception {
        AtomicReference<Ledger> lasting = new AtomicReference<>();
        Scene before = new Scene(Map.of("lsat.settlement", "strict"), ledger -> {
            lasting.set(ledger);
            return ledger;
        });
        Scene.Bought bought = before.buy(path);
        before.open(path, bought.header()).settlement().answered(200);
        before.node.misbehave(FakeNode.Fault.REFUSES);
        Paywall after = new Paywall(
                before.settings,
                new Paywall.Services(
                        before.node, Objects.requireNonNull(lasting.get()), before.clock, new SecureRandom()));
        before.clock.advance(Duration.ofHours(1));
        assertThat(after.decide(before.get(path, bought.header()))).isInstanceOf(Decision.Paid.class);
    }

    @Test
    @DisplayName("is off by default: the preimage is the proof")
    void isOffByDefault() {
        Scene usual = new Scene();
        Scene.Bought bought = usual.buy("/one/x");
        usual.node.misbehave(FakeNode.Fault.UNSETTLED);
        usual.open("/one/x", bought.header());
        assertThat(usual.node.settlementQuestions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/one/x", "/bundle", "/pass/x"})
    @DisplayName("sends no new bill for a payment that may yet arrive, takes none of its uses, and opens when it has")
    void waitsForWhatHasNotArrived(String path) {
        Scene.Bought bought = scene.buy(path);
        scene.node.misbehave(FakeNode.Fault.UNSETTLED);
        for (Duration later : List.of(Duration.ZERO, PAYABLE, LAG.minusSeconds(1))) {
            scene.clock.advance(later);
            HttpAnswer answer = scene.answer(scene.get(path, bought.header()));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.reason()).contains(Reason.PAYMENT_UNCONFIRMED);
            assertThat(Scene.values(answer, "Retry-After")).isEqualTo(List.of("2"));
        }
        scene.node.misbehave(FakeNode.Fault.NONE);
        scene.open(path, bought.header());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/one/x", "/bundle", "/pass/x"})
    @DisplayName("refuses a payment that has not arrived when its invoice cannot be paid any more")
    void refusesWhatHasNotArrived(String path) {
        Scene.Bought bought = scene.buy(path);
        scene.node.misbehave(FakeNode.Fault.UNSETTLED);
        scene.clock.advance(PAYABLE.plus(LAG));
        assertThat(scene.refusal(path, bought.header())).isEqualTo(Reason.INVALID);
    }

    @Test
    @DisplayName("is a 503 where the node cannot be asked, never a new bill")
    void cannotBeAsked() {
        Scene.Bought bought = scene.buy("/one/x");
        scene.node.misbehave(FakeNode.Fault.REFUSES);
        HttpAnswer answer = scene.answer(scene.get("/one/x", bought.header()));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.reason()).contains(Reason.PAYMENT_UNCONFIRMED);
        assertThat(Scene.values(answer, "Retry-After")).isEqualTo(List.of("7"));
        assertThat(answer.warning()).map(HttpAnswer.Warning::message).contains(FakeNode.REFUSAL);
        scene.node.misbehave(FakeNode.Fault.NONE);
        scene.open("/one/x", bought.header());
    }

    @Test
    @DisplayName("asks nobody about a token that is refused in any case")
    void asksNobodyAboutWhatIsRefused() {
        Scene.Bought bought = scene.buy("/one/x");
        assertThat(scene.refusal("/pass/x", bought.header())).isEqualTo(Reason.WRONG_RULE);
        assertThat(scene.node.settlementQuestions()).isZero();
    }

    @Test
    @DisplayName("of a hundred thousand payments some may be asked about again, and all open")
    void forgetsTheOldest() throws Exception {
        int[] questions = new int[1];
        InvoiceSource node = new InvoiceSource() {
            @Override
            public Invoice create(InvoiceRequest request) {
                throw new AssertionError("not asked for");
            }

            @Override
            public boolean isSettled(PaymentHash payment) {
                questions[0]++;
                return true;
            }
        };
        SettledPayments settled =
                new SettledPayments(node, new MemoryLedger(1, Duration.ofMinutes(2), InstantSource.system()));
        for (int i = 0; i < 150_000; i++) {
            assertThat(settled.contains(new PaymentHash(i, 0, 0, 0), Optional.empty()))
                    .isTrue();
        }
        assertThat(questions[0]).isEqualTo(150_000);
        settled.contains(new PaymentHash(149_999, 0, 0, 0), Optional.empty());
        settled.contains(new PaymentHash(60_000, 0, 0, 0), Optional.empty());
        assertThat(questions[0]).isEqualTo(150_000);
        settled.contains(new PaymentHash(0, 0, 0, 0), Optional.empty());
        assertThat(questions[0]).isEqualTo(150_001);
    }
}
