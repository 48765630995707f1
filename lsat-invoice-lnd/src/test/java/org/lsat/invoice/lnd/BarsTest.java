package org.lsat.invoice.lnd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.lsat.Decision;
import org.lsat.HttpAnswer;
import org.lsat.InvoiceException;
import org.lsat.Paywall;
import org.lsat.RequestFacts;
import org.lsat.config.ConfigReader;
import org.lsat.config.ConfigValues;
import org.lsat.config.Settings;
import org.lsat.config.SettingsReader;
import org.lsat.invoice.node.NodeCalls;
import org.lsat.ledger.MemoryLedger;
import org.lsat.testkit.FakeLnd;

/** What a paywall does whose node is down, silent, slow, another one or dying: the bars R1 to R5, with their numbers. */
@ParameterizedClass
@EnumSource(Door.class)
class BarsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final int MOST_IN_CALLS = 16;

    /** For a thread to be woken, on a machine that does other things, too. */
    private static final Duration SLACK = Duration.ofMillis(500);

    @TempDir
    Path directory;

    private final InstantSource clock = InstantSource.system();
    private final Door door;
    private FakeLnd lnd;
    private LndInvoices invoices;
    private Paywall paywall;

    BarsTest(Door door) {
        this.door = door;
    }

    @BeforeEach
    void start() throws Exception {
        lnd = FakeLnd.start(directory, clock, "bcrt");
        open("regtest");
        untilItSells();
    }

    @AfterEach
    void stop() {
        invoices.close();
        lnd.close();
    }

    private void open(String network) {
        Map<String, String> properties = new TreeMap<>(door.settings(lnd));
        properties.putAll(Map.of(
                "lsat.backend", door.backendName(),
                "lsat.realm", "weather",
                "lsat.secret", "a secret of the tests that is long enough",
                "lsat.network", network,
                "lsat.ledger", "memory",
                "lsat.challenges.per-client", "unlimited",
                "lsat.challenges.total", "unlimited",
                "lsat.rules.one.path", "/one",
                "lsat.rules.one.price", "1 sat"));
        ConfigReader config = new ConfigReader(ConfigValues.of(properties));
        Settings settings = SettingsReader.read(config, Map.of(door.backendName(), false), new SecureRandom());
        invoices = door.open(door.settings(lnd));
        MemoryLedger ledger = new MemoryLedger(settings.ledgerCapacity(), settings.ledgerLease(), clock);
        paywall = new Paywall(settings, new Paywall.Services(invoices, ledger, clock, new SecureRandom()));
    }

    private HttpAnswer ask() {
        RequestFacts request = new RequestFacts(
                "GET",
                "/one",
                "/one",
                "",
                List.of(),
                List.of(),
                null,
                null,
                null,
                "192.0.2.1",
                false,
                null,
                Set.of(),
                clock.instant());
        return paywall.challenge((Decision.PaymentNeeded) paywall.decide(request), request);
    }

    private record Timed(int status, Duration time) {}

    private Timed timed() {
        long begin = System.nanoTime();
        int status = ask().status();
        return new Timed(status, Duration.ofNanos(System.nanoTime() - begin));
    }

    /** So many callers, each as often as it can until the time is over. */
    private List<Timed> load(int callers, Duration time) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        long end = System.nanoTime() + time.toNanos();
        Callable<List<Timed>> caller = () -> {
            List<Timed> answers = new ArrayList<>();
            do {
                answers.add(timed());
                // A client that is refused at once is not quicker than a network.
                TimeUnit.MILLISECONDS.sleep(5);
            } while (System.nanoTime() < end);
            return answers;
        };
        try {
            List<Future<List<Timed>>> pending = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                pending.add(threads.submit(caller));
            }
            List<Timed> all = new ArrayList<>();
            for (Future<List<Timed>> one : pending) {
                all.addAll(one.get());
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Duration percentile(List<Timed> answers, int percent) {
        List<Duration> times = answers.stream().map(Timed::time).sorted().toList();
        return times.get(Math.min(times.size() - 1, times.size() * percent / 100));
    }

    private Duration untilItSells() throws InterruptedException {
        long begin = System.nanoTime();
        while (ask().status() != 402) {
            Duration passed = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(passed).isLessThan(Duration.ofSeconds(5));
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private void report(String line, Object... values) {
        System.out.printf(door + ", " + line + "%n", values);
    }

    /** Looks at what all threads do, and says how many were inside a call to the node at most. */
    private static final class InsideCalls implements AutoCloseable {

        private final AtomicBoolean ends = new AtomicBoolean();
        private final Thread looking;
        private volatile long most;

        InsideCalls() {
            looking = new Thread(() -> {
                while (!ends.get()) {
                    most = Math.max(
                            most,
                            Thread.getAllStackTraces().values().stream()
                                    .filter(stack -> List.of(stack).stream()
                                            .anyMatch(frame -> frame.getClassName()
                                                            .equals(NodeCalls.class.getName())
                                                    && frame.getMethodName().equals("answered")))
                                    .count());
                }
            });
            looking.start();
        }

        @Override
        public void close() {
            ends.set(true);
        }
    }

    @Test
    void r1ANodeThatRefusesConnectionsCostsNoTimeAndSellsAgainAtOnce() throws Exception {
        lnd.stop();
        load(5, Duration.ofMillis(100));

        List<Timed> answers = load(16, Duration.ofSeconds(1));
        assertThat(answers).extracting(Timed::status).containsOnly(503);
        assertThat(percentile(answers, 99)).isLessThan(Duration.ofMillis(100));
        lnd.start();
        report(
                "R1: %d x 503, p99 %d us; sells again after %d ms",
                answers.size(),
                percentile(answers, 99).toNanos() / 1_000,
                untilItSells().toMillis());
    }

    @Test
    void r2ANodeThatNeverAnswersCostsNoMoreThanTheDeadlineAndSixteenThreads() throws Exception {
        lnd.beSilent(true);
        try (InsideCalls inside = new InsideCalls()) {
            List<Timed> answers = load(200, Duration.ofSeconds(4));

            assertThat(answers).extracting(Timed::status).containsOnly(503);
            assertThat(percentile(answers, 100)).isLessThan(DEADLINE.plus(SLACK));
            assertThat(inside.most).isLessThanOrEqualTo(MOST_IN_CALLS);
            report(
                    "R2: %d x 503, p50 %d ms, longest %d ms, at most %d threads in calls",
                    answers.size(),
                    percentile(answers, 50).toMillis(),
                    percentile(answers, 100).toMillis(),
                    inside.most);
        }
        lnd.beSilent(false);
        report("R2: sells again after %d ms", untilItSells().toMillis());
    }

    @Test
    void r3OfManyWhoAskASlowNodeSomeWaitAndTheOthersAreRefusedAtOnce() throws Exception {
        // So that connections are there.
        load(MOST_IN_CALLS, Duration.ofMillis(200));
        lnd.answerAfter(DEADLINE.minusMillis(200));

        List<Timed> answers = load(200, Duration.ZERO);
        List<Timed> refused = answers.stream()
                .filter(answer -> answer.status() == 503 && answer.time().compareTo(Duration.ofMillis(500)) < 0)
                .toList();
        List<Timed> sold =
                answers.stream().filter(answer -> answer.status() == 402).toList();
        report(
                "R3: %d x 402, %d x 503 at once (longest %d ms), %d x 503 after the deadline",
                sold.size(),
                refused.size(),
                percentile(refused, 100).toMillis(),
                answers.size() - sold.size() - refused.size());
        assertThat(sold).hasSizeGreaterThanOrEqualTo(NodeCalls.FOR_INVOICES);
        assertThat(refused).hasSizeGreaterThanOrEqualTo(100);
        assertThat(percentile(refused, 99)).isLessThan(Duration.ofMillis(50));
    }

    @Test
    void r4AnInvoiceOfAnotherNetworkIsNotSold() {
        invoices.close();
        open("mainnet");

        HttpAnswer answer = ask();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.warning())
                .hasValueSatisfying(warning ->
                        assertThat(warning.message()).contains("is for network bcrt, and lsat.network says bc"));
    }

    @Test
    void r5ANodeThatDiesBetweenInvoiceAndAnswerLeavesNoTokenWithoutAnInvoice() throws Exception {
        // What came late at the start is sold without a call.
        int late = invoices.unclaimed();
        int made = lnd.node().calls();
        int sold = 0;
        for (int i = 0; i < 200; i++) {
            lnd.dieBeforeTheNextAnswer();
            try {
                lnd.node().preimageOf(invoices.create(LndInvoicesTest.REQUEST).bolt11());
                sold++;
            } catch (InvoiceException e) {
                assertThat(e.retryAfter()).isPositive();
            }
            restart();
            untilItSells();
        }
        report(
                "R5: 200 deaths, %d sold all the same, %d invoices made",
                sold, lnd.node().calls() - made);
        assertThat(lnd.node().calls() - made).isBetween(400 - late, 600);
    }

    private void restart() throws IOException {
        lnd.stop();
        lnd.start();
    }
}
