package org.lsat.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.lsat.ledger.Charge;
import org.lsat.ledger.MemoryLedger;
import org.lsat.protocol.PaymentHash;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** One use of one token, charged and settled in memory. */
@State(Scope.Benchmark)
public class CountedUseBenchmark {

    private static final long BOUGHT = 0xffff_ffffL;
    private static final PaymentHash PAYMENT = Sample.PREIMAGE.hash();

    private final MemoryLedger ledger = new MemoryLedger(1_000_000, Duration.ofMinutes(2), InstantSource.system());
    private final ConcurrentHashMap<PaymentHash, Long> map = new ConcurrentHashMap<>();
    private final Instant end = Instant.now().plus(Duration.ofDays(1));
    private final Queue<Counter> counters = new ConcurrentLinkedQueue<>();

    /** How many uses a thread has counted for itself; read once all threads have stopped. */
    @State(Scope.Thread)
    public static class Counter {
        private long uses;

        /** Lets the others find it. */
        @Setup
        public void join(CountedUseBenchmark benchmark) {
            benchmark.counters.add(this);
        }
    }

    /** Refuses a ledger that gives away one use more than was bought, or one fewer. */
    @Setup
    public void check() {
        PaymentHash other = new PaymentHash(1, 2, 3, 4);
        for (int i = 0; i < 3; i++) {
            Charge charge = ledger.charge(other, 1, 3, 3, end);
            if (charge.status() != Charge.Status.APPLIED || charge.left() != 2 - i) {
                throw new IllegalStateException("use " + i + " of 3: " + charge);
            }
            ledger.settle(charge, 1, 0);
        }
        Charge beyond = ledger.charge(other, 1, 3, 3, end);
        if (beyond.status() != Charge.Status.EXHAUSTED) {
            throw new IllegalStateException("a use beyond 3 of 3: " + beyond);
        }
    }

    /** Refuses the result where a use was lost or counted twice, with however many threads. */
    @TearDown
    public void checkCount() {
        Long inMap = map.get(PAYMENT);
        long left = ledger.charge(PAYMENT, 1, BOUGHT, BOUGHT, end).left();
        long counted = inMap != null ? inMap : BOUGHT - 1 - left;
        long uses = counters.stream().mapToLong(counter -> counter.uses).sum();
        if (counted != uses) {
            throw new IllegalStateException(uses + " uses, and " + counted + " were counted");
        }
    }

    /** One update of a map, where a use takes two. */
    @Benchmark
    public Long floor(Counter counter) {
        counter.uses++;
        return map.compute(PAYMENT, (payment, used) -> used == null ? 1 : used + 1);
    }

    /** The core's ledger. */
    @Benchmark
    public Charge core(Counter counter) {
        return use(counter);
    }

    /** The same, and all threads want the one token. */
    @Benchmark
    @Threads(8)
    public Charge contended(Counter counter) {
        return use(counter);
    }

    private Charge use(Counter counter) {
        Charge charge = ledger.charge(PAYMENT, 1, BOUGHT, BOUGHT, end);
        if (charge.status() != Charge.Status.APPLIED) {
            throw new IllegalStateException(charge.toString());
        }
        ledger.settle(charge, 1, 0);
        counter.uses++;
        return charge;
    }
}
