package org.lsat.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.lsat.config.ConfigReader;
import org.lsat.config.ConfigValues;
import org.lsat.ledger.Charge;
import org.lsat.ledger.Ledger;
import org.lsat.ledger.LedgerBackend;
import org.lsat.ledger.LedgerUnavailableException;
import org.lsat.ledger.MemoryLedger;
import org.lsat.ledger.jdbc.JdbcLedgerBackend;
import org.lsat.protocol.PaymentHash;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** What counts that last cost beside those in memory: one use, charged and settled, in either ledger. */
@State(Scope.Benchmark)
public class LedgerBenchmark {

    private static final long BOUGHT = 0xffff_ffffL;
    private static final PaymentHash ONE = Sample.PREIMAGE.hash();
    private static final PaymentHash WARM = new PaymentHash(5, 6, 7, 8);
    private static final long WARM_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final Duration LEASE = Duration.ofMinutes(2);

    /** Where uses are counted: {@code memory}, or {@code file}, one of H2. */
    @Param({"memory", "file"})
    String ledger = "memory";

    private final Instant end = Instant.now().plus(Duration.ofDays(1));
    private final AtomicLong clients = new AtomicLong();
    private final Queue<Client> all = new ConcurrentLinkedQueue<>();
    private Ledger counts = new MemoryLedger(1_000_000, LEASE, InstantSource.system());
    private List<AutoCloseable> toClose = List.of();

    /** A thread, with a token that is its own. */
    @State(Scope.Thread)
    public static class Client {
        private PaymentHash own = ONE;
        private long uses;

        /** Lets the others find it. */
        @Setup
        public void join(LedgerBenchmark benchmark) {
            own = new PaymentHash(0, 0, 0, benchmark.clients.incrementAndGet());
            benchmark.all.add(this);
        }
    }

    /** Opens the ledger; refuses one that gives away one use more than was bought, or one fewer. */
    void open() throws IOException, LedgerUnavailableException {
        if (ledger.equals("file")) {
            Path directory = Files.createTempDirectory("lsat-benchmarks");
            ConfigReader config = new ConfigReader(ConfigValues.of(Map.of("lsat.ledger.dir", directory.toString())));
            LedgerBackend.Opened file = new JdbcLedgerBackend()
                    .configure(config)
                    .open(new LedgerBackend.Terms(
                            Sample.REALM, Sample.NETWORK, 1_000_000, LEASE, InstantSource.system()));
            counts = file;
            toClose = List.of(file, () -> delete(directory));
        }
        PaymentHash three = new PaymentHash(1, 2, 3, 4);
        for (int i = 0; i < 3; i++) {
            Charge charge = counts.charge(three, 1, 3, 3, end);
            if (charge.status() != Charge.Status.APPLIED || charge.left() != 2 - i) {
                throw new IllegalStateException("use " + i + " of 3: " + charge);
            }
            counts.settle(charge, 1, 0);
        }
        Charge beyond = counts.charge(three, 1, 3, 3, end);
        if (beyond.status() != Charge.Status.EXHAUSTED) {
            throw new IllegalStateException("a use beyond 3 of 3: " + beyond);
        }
    }

    /** A database takes longer to get warm than what is measured in nanoseconds. */
    @Setup
    public void openAndWarm() throws IOException, LedgerUnavailableException {
        open();
        Client client = new Client();
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < WARM_NANOS) {
            use(client, WARM);
        }
    }

    /** Refuses the result where a use was lost or counted twice, with however many threads. */
    @TearDown
    public void close() throws Exception {
        long uses = all.stream().mapToLong(client -> client.uses).sum();
        long counted = counted(ONE);
        for (Client client : all) {
            counted += counted(client.own);
        }
        for (AutoCloseable each : toClose) {
            each.close();
        }
        if (counted != uses) {
            throw new IllegalStateException(uses + " uses, and " + counted + " were counted");
        }
    }

    private long counted(PaymentHash payment) throws LedgerUnavailableException {
        return BOUGHT - 1 - counts.charge(payment, 1, BOUGHT, BOUGHT, end).left();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Nobody else asks. */
    @Benchmark
    public Charge alone(Client client) throws LedgerUnavailableException {
        return use(client, ONE);
    }

    /** Eight threads, and a token for each. */
    @Benchmark
    @Threads(8)
    public Charge eight(Client client) throws LedgerUnavailableException {
        return use(client, client.own);
    }

    /** Eight threads, and all want the one token. */
    @Benchmark
    @Threads(8)
    public Charge contended(Client client) throws LedgerUnavailableException {
        return use(client, ONE);
    }

    private Charge use(Client client, PaymentHash payment) throws LedgerUnavailableException {
        Charge charge = counts.charge(payment, 1, BOUGHT, BOUGHT, end);
        if (charge.status() != Charge.Status.APPLIED) {
            throw new IllegalStateException(charge.toString());
        }
        counts.settle(charge, 1, 0);
        client.uses++;
        return charge;
    }
}
