package org.lsat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.lsat.ledger.Charge;
import org.lsat.ledger.Charge.Status;
import org.lsat.ledger.Ledger;
import org.lsat.ledger.MemoryLedger;
import org.lsat.protocol.PaymentHash;

/**
 * The scenarios that every {@link Ledger} must pass: JUnit 5 runs them for each class that extends this one and says how
 * an empty ledger is made. A ledger that several processes share may return a fresh connection to an emptied store.
 */
public abstract class LedgerContract {

    /** Capacity of the ledgers that {@link #ledger} is asked for. */
    protected static final long CAPACITY = 1_000_000;

    /** Lease of the ledgers that {@link #ledger} is asked for. */
    protected static final Duration LEASE = Duration.ofMinutes(2);

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant END = START.plus(Duration.ofDays(1));
    private static final PaymentHash PAYMENT = new PaymentHash(1, 2, 3, 4);

    private final SettableClock clock = new SettableClock(START);
    private Ledger ledger = new NoLedger();

    /** A new, empty ledger that asks {@code clock} for the time and nothing else. */
    protected abstract Ledger ledger(long capacity, Duration lease, InstantSource clock) throws Exception;

    @BeforeEach
    void emptyLedger() throws Exception {
        ledger = ledger(CAPACITY, LEASE, clock);
    }

    private Charge charge(long bought) throws Exception {
        return charge(bought, bought);
    }

    private Charge charge(long bought, long limit) throws Exception {
        return ledger.charge(PAYMENT, 1, bought, limit, END);
    }

    private Status status(long bought) throws Exception {
        return charge(bought).status();
    }

    private void use(long bought) throws Exception {
        ledger.settle(charge(bought), 1, 0);
    }

    private void giveBack(Charge charge) throws Exception {
        ledger.settle(charge, 0, 1);
    }

    @Test
    @DisplayName("N uses are applied and no more, and each says how many are left")
    void nUsesAreAppliedAndNoMore() throws Exception {
        for (long left = 2; left >= 0; left--) {
            Charge charge = charge(3);
            assertThat(charge.status()).isEqualTo(Status.APPLIED);
            assertThat(charge.left()).isEqualTo(left);
            ledger.settle(charge, 1, 0);
        }
        assertThat(status(3)).isEqualTo(Status.EXHAUSTED);
    }

    @Test
    @DisplayName("an applied charge says what was charged")
    void anAppliedChargeSaysWhatWasCharged() throws Exception {
        Charge charge = ledger.charge(PAYMENT, 1, 5, 4, END);
        assertThat(charge.payment()).isEqualTo(PAYMENT);
        assertThat(charge.units()).isEqualTo(1);
        assertThat(charge.bought()).isEqualTo(5);
        assertThat(charge.left()).isEqualTo(3);
    }

    @Test
    @DisplayName("while the last use is pending the answer is IN_FLIGHT, and EXHAUSTED only once it counted")
    void inFlightUntilItCounted() throws Exception {
        Charge last = charge(1);
        assertThat(status(1)).isEqualTo(Status.IN_FLIGHT);
        ledger.settle(last, 1, 0);
        assertThat(status(1)).isEqualTo(Status.EXHAUSTED);
    }

    @Test
    @DisplayName("a use that is given back can be used again")
    void aUseThatIsGivenBackCanBeUsedAgain() throws Exception {
        giveBack(charge(1));
        assertThat(status(1)).isEqualTo(Status.APPLIED);
    }

    @Test
    @DisplayName("payments do not share a count")
    void paymentsDoNotShareACount() throws Exception {
        use(1);
        Charge other = ledger.charge(new PaymentHash(1, 2, 3, 5), 1, 1, 1, END);
        assertThat(other.status()).isEqualTo(Status.APPLIED);
    }

    @Test
    @DisplayName("n + 10 uses of one payment may be given back; from then on they count")
    void givenBackUsesCountBeyondNPlusTen() throws Exception {
        for (int i = 0; i < 3 + Ledger.GIVEN_BACK_BEYOND_BOUGHT; i++) {
            giveBack(charge(3));
        }
        for (int i = 0; i < 3; i++) {
            Charge charge = charge(3);
            assertThat(charge.status())
                    .as("use %d after the last free return", i)
                    .isEqualTo(Status.APPLIED);
            giveBack(charge);
        }
        assertThat(status(3)).isEqualTo(Status.EXHAUSTED);
    }

    private Charge draw(long units, long deposit) throws Exception {
        return ledger.charge(PAYMENT, units, deposit, deposit, END);
    }

    @Test
    @DisplayName("a balance is drawn by as much as each request costs, and what it did not cost is free again")
    void aBalanceIsDrawnByWhatEachRequestCosts() throws Exception {
        Charge dear = draw(700, 1000);
        assertThat(dear.left()).isEqualTo(300);
        assertThat(dear.first()).isTrue();
        assertThat(draw(301, 1000).status()).isEqualTo(Status.IN_FLIGHT);
        Charge cheap = draw(300, 1000);
        assertThat(cheap.left()).isZero();
        ledger.settle(dear, 600, 0);
        assertThat(ledger.used(PAYMENT)).isEqualTo(600);
        assertThat(draw(100, 1000).left()).isZero();
        ledger.settle(cheap, 0, 300);
        assertThat(draw(401, 1000).status()).isEqualTo(Status.EXHAUSTED);
        assertThat(draw(1001, 1000).status()).isEqualTo(Status.EXHAUSTED);
    }

    @Test
    @DisplayName("a payment of which only what cost nothing was used is no new one")
    void whatCostNothingIsNotForgotten() throws Exception {
        Charge charge = draw(700, 1000);
        ledger.settle(charge, 0, 0);
        assertThat(ledger.used(PAYMENT)).isZero();
        Charge next = draw(1000, 1000);
        assertThat(next.status()).isEqualTo(Status.APPLIED);
        assertThat(next.first()).isFalse();
    }

    @Test
    @DisplayName("a deposit and ten requests of a balance may be given back; from then on they count")
    void givenBackDrawsCountBeyondTheDeposit() throws Exception {
        for (int i = 0; i < 2 + Ledger.GIVEN_BACK_BEYOND_BOUGHT; i++) {
            ledger.settle(draw(500, 1000), 0, 500);
        }
        assertThat(ledger.used(PAYMENT)).isZero();
        ledger.settle(draw(500, 1000), 0, 500);
        assertThat(ledger.used(PAYMENT)).isEqualTo(500);
    }

    @Test
    @DisplayName("what costs nothing costs nothing, however much of the payment was given back before")
    void whatCostsNothingIsNoReturn() throws Exception {
        for (int i = 0; i < 2 + Ledger.GIVEN_BACK_BEYOND_BOUGHT; i++) {
            ledger.settle(draw(500, 1000), 0, 500);
        }
        ledger.settle(draw(500, 1000), 0, 0);
        assertThat(ledger.used(PAYMENT)).isZero();
    }

    @Test
    @DisplayName("what cost nothing takes no return away")
    void whatCostNothingTakesNoReturnAway() throws Exception {
        ledger.settle(draw(500, 1000), 0, 0);
        for (int i = 0; i < 2 + Ledger.GIVEN_BACK_BEYOND_BOUGHT; i++) {
            ledger.settle(draw(500, 1000), 0, 500);
        }
        assertThat(ledger.used(PAYMENT)).isZero();
    }

    @Test
    @DisplayName("what was used is told, without what is pending, and nothing of a payment that is not known")
    void whatWasUsedIsTold() throws Exception {
        assertThat(ledger.used(PAYMENT)).isZero();
        use(3);
        charge(3);
        assertThat(ledger.used(PAYMENT)).isEqualTo(1);
    }

    @Test
    @DisplayName("copies with a smaller limit close by the uses of the whole payment, and the others stay open")
    void copiesShareTheCountOfThePayment() throws Exception {
        use(5);
        use(5);
        assertThat(charge(5, 2).status()).isEqualTo(Status.EXHAUSTED);
        Charge third = charge(5, 3);
        assertThat(third.left()).isZero();
        assertThat(charge(5, 3).status()).isEqualTo(Status.IN_FLIGHT);
        assertThat(charge(5).left()).isEqualTo(1);
    }

    @Test
    @DisplayName("a copy with the limit 0 opens nothing and takes nothing from the others")
    void theLimitZeroOpensNothing() throws Exception {
        assertThat(charge(1, 0).status()).isEqualTo(Status.EXHAUSTED);
        assertThat(charge(1).status()).isEqualTo(Status.APPLIED);
    }

    @Test
    @DisplayName("a pending use lapses when the lease has passed since the last charge, not a moment before")
    void aPendingUseLapsesWithTheLease() throws Exception {
        charge(1);
        clock.advance(LEASE.minusMillis(1));
        assertThat(status(1)).isEqualTo(Status.IN_FLIGHT);
        clock.advance(Duration.ofMillis(1));
        assertThat(status(1)).isEqualTo(Status.APPLIED);
    }

    @Test
    @DisplayName("each charge begins the lease anew, a refused one does not")
    void eachChargeBeginsTheLeaseAnew() throws Exception {
        charge(2);
        clock.advance(LEASE.minusSeconds(1));
        charge(2);
        clock.advance(LEASE.minusSeconds(1));
        assertThat(status(2)).isEqualTo(Status.IN_FLIGHT);
        clock.advance(Duration.ofSeconds(1));
        assertThat(charge(2).left()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "a settlement that comes after its lease lapsed counts once, and takes nothing out of what is pending now")
    void aLateSettlementCountsOnce() throws Exception {
        Charge late = charge(3);
        clock.advance(LEASE);
        Charge pending = charge(3);
        assertThat(pending.left()).isEqualTo(2);
        ledger.settle(late, 1, 0);
        assertThat(charge(3).left()).isZero();
        assertThat(status(3)).isEqualTo(Status.IN_FLIGHT);
        ledger.settle(pending, 1, 0);
    }

    @Test
    @DisplayName("late settlements never count more than was bought")
    void lateSettlementsNeverCountMoreThanWasBought() throws Exception {
        Charge late = charge(1);
        clock.advance(LEASE);
        Charge second = charge(1);
        ledger.settle(second, 1, 0);
        ledger.settle(late, 1, 0);
        assertThat(charge(1).status()).isEqualTo(Status.EXHAUSTED);
    }

    @Test
    @DisplayName("a late return gives nothing back twice")
    void aLateReturnGivesNothingBackTwice() throws Exception {
        Charge late = charge(1);
        clock.advance(LEASE);
        Charge second = charge(1);
        giveBack(late);
        assertThat(status(1)).isEqualTo(Status.IN_FLIGHT);
        ledger.settle(second, 1, 0);
        assertThat(status(1)).isEqualTo(Status.EXHAUSTED);
    }

    @Test
    @DisplayName("a spent payment is remembered until ten minutes after its end, whatever else is charged")
    void aSpentPaymentIsRememberedBeyondItsEnd() throws Exception {
        use(1);
        clock.set(END.plus(Ledger.KEPT_LONGER).minusMillis(1));
        for (int i = 0; i < 300; i++) {
            ledger.charge(new PaymentHash(9, 9, 9, i), 1, 1, 1, clock.instant().plus(LEASE));
        }
        assertThat(status(1)).isEqualTo(Status.EXHAUSTED);
    }

    @Test
    @DisplayName("a payment that was sold is charged however full the ledger is")
    void aPaymentThatWasSoldIsAlwaysCharged() throws Exception {
        ledger = ledger(10, LEASE, clock);
        assertThat(ledger.isNearlyFull()).isFalse();
        for (int i = 0; i < 25; i++) {
            assertThat(ledger.charge(new PaymentHash(7, 7, 7, i), 1, 1, 1, END).status())
                    .as("payment %d of a ledger for 10", i)
                    .isEqualTo(Status.APPLIED);
            assertThat(ledger.isNearlyFull()).as("after payment %d", i + 1).isEqualTo(i + 1 >= 9);
        }
    }

    @Test
    @DisplayName("5 N parallel uses of N: exactly N are applied, the others are in flight")
    void fiveTimesNParallelUsesOfN() throws Exception {
        int bought = 40;
        List<Charge> charges = inParallel(5 * bought, () -> charge(bought));
        assertThat(charges).filteredOn(c -> c.status() == Status.APPLIED).hasSize(bought);
        assertThat(charges).filteredOn(c -> c.status() == Status.IN_FLIGHT).hasSize(4 * bought);
        List<Charge> applied =
                charges.stream().filter(c -> c.status() == Status.APPLIED).toList();
        assertThat(applied).extracting(Charge::left).doesNotHaveDuplicates();
        for (Charge charge : applied) {
            ledger.settle(charge, 1, 0);
        }
        assertThat(status(bought)).isEqualTo(Status.EXHAUSTED);
    }

    @Test
    @DisplayName("uses that are given back in parallel are used again, and exactly N count")
    void givenBackInParallel() throws Exception {
        int bought = 40;
        List<Boolean> counted = inParallel(5 * bought, () -> {
            Charge charge = charge(bought);
            for (int round = 0; charge.status() == Status.APPLIED && round < 1 && charge.left() % 3 == 0; round++) {
                giveBack(charge);
                charge = charge(bought);
            }
            if (charge.status() == Status.APPLIED) {
                ledger.settle(charge, 1, 0);
                return true;
            }
            return false;
        });
        long usedInParallel = counted.stream().filter(c -> c).count();
        assertThat(usedInParallel).isLessThanOrEqualTo(bought);
        for (long rest = usedInParallel; rest < bought; rest++) {
            use(bought);
        }
        assertThat(status(bought)).isEqualTo(Status.EXHAUSTED);
    }

    @Test
    @DisplayName("it answers as a naive ledger does, whatever is asked in whatever order")
    void itAnswersAsANaiveLedgerDoes() throws Exception {
        for (int seed = 0; seed < 50; seed++) {
            compareWithNaive(seed);
        }
    }

    private void compareWithNaive(int seed) throws Exception {
        Random random = new Random(seed);
        PaymentHash payment = new PaymentHash(402, seed, 0, 0);
        int bought = 1 + random.nextInt(6);
        NaiveLedger naive = new NaiveLedger(bought, LEASE);
        List<Charge> charges = new ArrayList<>();
        List<NaiveLedger.Use> uses = new ArrayList<>();
        clock.set(START);
        for (int round = 0; round < 120; round++) {
            clock.advance(Duration.ofSeconds(random.nextInt(10) == 0 ? LEASE.toSeconds() : random.nextLong(20)));
            if (random.nextBoolean()) {
                long limit = random.nextInt(4) == 0 ? random.nextInt(bought + 1) : bought;
                Charge charge = ledger.charge(payment, 1, bought, limit, END);
                assertThat(new NaiveLedger.Answer(charge.status(), charge.left()))
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(naive.charge(limit, clock.instant()));
                if (charge.status() == Status.APPLIED) {
                    charges.add(charge);
                    uses.add(naive.lastUse());
                }
            } else if (!charges.isEmpty()) {
                int which = random.nextInt(charges.size());
                boolean counts = random.nextInt(3) == 0;
                ledger.settle(charges.remove(which), counts ? 1 : 0, counts ? 0 : 1);
                naive.settle(uses.remove(which), counts);
            }
        }
    }

    @Test
    @DisplayName("it draws balances as the ledger in memory does, whatever is drawn, stated and lost")
    void itDrawsBalancesAsTheLedgerInMemoryDoes() throws Exception {
        for (int seed = 0; seed < 50; seed++) {
            compareWithMemory(seed);
        }
    }

    private void compareWithMemory(int seed) throws Exception {
        Random random = new Random(seed);
        PaymentHash payment = new PaymentHash(402, seed, 1, 0);
        long deposit = seed % 2 == 0 ? 1 + random.nextInt(2000) : 1_000_000_000_000L + random.nextInt(2000);
        long most = seed % 5 == 0 ? deposit : Math.max(1, deposit / 4);
        clock.set(START);
        MemoryLedger memory = new MemoryLedger(CAPACITY, LEASE, clock);
        List<Charge> charges = new ArrayList<>();
        List<Charge> expected = new ArrayList<>();
        for (int round = 0; round < 120; round++) {
            clock.advance(Duration.ofSeconds(random.nextInt(10) == 0 ? LEASE.toSeconds() : random.nextLong(20)));
            if (random.nextBoolean()) {
                long units = random.nextLong(1, most + 1);
                Charge charge = ledger.charge(payment, units, deposit, deposit, END);
                Charge other = memory.charge(payment, units, deposit, deposit, END);
                assertThat(charge)
                        .as("seed %d, round %d", seed, round)
                        .usingRecursiveComparison()
                        .ignoringFields("epoch")
                        .isEqualTo(other);
                if (charge.status() == Status.APPLIED) {
                    charges.add(charge);
                    expected.add(other);
                }
            } else if (!charges.isEmpty()) {
                int which = random.nextInt(charges.size());
                Charge charge = charges.remove(which);
                boolean counts = random.nextInt(3) == 0;
                long cost = counts ? random.nextLong(charge.units() + 1) : 0;
                ledger.settle(charge, cost, counts ? 0 : charge.units());
                memory.settle(expected.remove(which), cost, counts ? 0 : charge.units());
                assertThat(ledger.used(payment))
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(memory.used(payment))
                        .isLessThanOrEqualTo(deposit);
            }
        }
    }

    private static <T> List<T> inParallel(int tasks, Callable<T> task) throws Exception {
        int threads = 16;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch allReady = new CountDownLatch(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                futures.add(pool.submit(() -> {
                    allReady.countDown();
                    allReady.await(10, TimeUnit.SECONDS);
                    return task.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(30, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    /** Before a test begins. */
    private static final class NoLedger implements Ledger {

        @Override
        public Charge charge(PaymentHash payment, long units, long bought, long limit, Instant expiresAt) {
            throw new IllegalStateException("no test has begun");
        }

        @Override
        public void settle(Charge charge, long cost, long givenBack) {
            throw new IllegalStateException("no test has begun");
        }

        @Override
        public long used(PaymentHash payment) {
            throw new IllegalStateException("no test has begun");
        }

        @Override
        public boolean isNearlyFull() {
            throw new IllegalStateException("no test has begun");
        }
    }
}
