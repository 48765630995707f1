package org.lsat.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lsat.ledger.Charge;
import org.lsat.ledger.Ledger;
import org.lsat.ledger.LedgerBackend;
import org.lsat.ledger.LedgerUnavailableException;
import org.lsat.protocol.PaymentHash;
import org.lsat.testkit.SettableClock;

/** What the contract does not say: databases that are away, transactions of others, tables of other versions. */
final class JdbcLedgerTest {

    private static final PaymentHash PAYMENT = new PaymentHash(4, 0, 2, 1);
    private static final Duration LEASE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");
    private final Instant end = clock.instant().plus(Duration.ofDays(1));
    private final AtomicLong nanos = new AtomicLong();
    private H2File database;
    private Switch wires;
    private JdbcLedger ledger;

    /** A database that can be cut off, and counts who asks. */
    private static final class Switch implements Connections {

        private final Connections behind;
        private final AtomicInteger asked = new AtomicInteger();
        private volatile boolean off;
        private volatile boolean breaksAfterwards;
        private volatile Thread inTransaction = new Thread();
        private volatile Before before = () -> {};

        /** What is done before somebody gets a connection. */
        @FunctionalInterface
        private interface Before {
            void run() throws InterruptedException;
        }

        Switch(Connections behind) {
            this.behind = behind;
        }

        @Override
        public Connection get() throws SQLException {
            asked.incrementAndGet();
            try {
                before.run();
            } catch (InterruptedException e) {
                throw new SQLException(e);
            }
            if (off) {
                throw new SQLException("it is cut off");
            }
            Connection connection = behind.get();
            if (Thread.currentThread() == inTransaction) {
                connection.setAutoCommit(false);
            }
            return breaksAfterwards ? breaking(connection) : connection;
        }

        /** One that breaks when all is done. */
        private static Connection breaking(Connection connection) {
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        Object result = method.invoke(connection, arguments);
                        if (method.getName().equals("close")) {
                            throw new SQLException("it broke");
                        }
                        return result;
                    });
        }

        @Override
        public void close() {
            behind.close();
        }
    }

    @BeforeEach
    void open() {
        database = new H2File(directory.resolve("ledger"));
        wires = new Switch(database);
        ledger = ledger(wires);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private JdbcLedger ledger(Connections connections) {
        return new JdbcLedger(
                connections, "the test", new LedgerBackend.Terms("shop", "bc", 10, LEASE, clock), nanos::get);
    }

    private Charge charge(long bought) throws LedgerUnavailableException {
        return ledger.charge(PAYMENT, 1, bought, bought, end);
    }

    private void sql(String... texts) throws SQLException {
        try (Connection connection = database.get();
                Statement statement = connection.createStatement()) {
            for (String text : texts) {
                statement.execute(text);
            }
        }
    }

    private long rows() throws SQLException {
        try (Connection connection = database.get();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM lsat_payment")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The second is over in which nobody asks a database that failed. */
    private void probe() {
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void aDatabaseThatIsAwayIsUnavailableAndAskedOnceInAWhile() throws Exception {
        wires.off = true;
        assertThatThrownBy(() -> charge(3))
                .isInstanceOf(LedgerUnavailableException.class)
                .hasMessage("the test: it is cut off");
        int asked = wires.asked.get();
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> charge(3)).isInstanceOf(LedgerUnavailableException.class);
        }
        assertThatThrownBy(() -> ledger.isNearlyFull()).isInstanceOf(LedgerUnavailableException.class);
        assertThat(wires.asked.get()).isEqualTo(asked);

        wires.off = false;
        probe();
        assertThat(charge(3).left()).isEqualTo(2);
    }

    @Test
    void aSettlementThatFindsNoDatabaseIsDoneWhenItIsBack() throws Exception {
        Charge charge = charge(1);
        wires.off = true;
        ledger.settle(charge, 1, 0);
        wires.off = false;
        long give = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        Charge.Status status = Charge.Status.IN_FLIGHT;
        while (status == Charge.Status.IN_FLIGHT && System.nanoTime() < give) {
            probe();
            Thread.onSpinWait();
            try {
                status = charge(1).status();
            } catch (LedgerUnavailableException e) {
                // Not asked yet.
            }
        }
        assertThat(status).isEqualTo(Charge.Status.EXHAUSTED);
    }

    /** What was served is counted once, also where it was given back meanwhile. */
    @Test
    void aSettlementThatFindsNoDatabaseForLongerThanALeaseIsDoneWhenItIsBack() throws Exception {
        Charge charge = charge(1);
        wires.off = true;
        ledger.settle(charge, 1, 0);
        clock.advance(LEASE.multipliedBy(3));
        // It is tried, and waits on.
        probe();
        int asked = wires.asked.get();
        await(() -> wires.asked.get() > asked);
        wires.off = false;
        awaitUsed(1);
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long give = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).isLessThan(give);
            Thread.onSpinWait();
        }
    }

    private void awaitUsed(long uses) throws Exception {
        await(() -> {
            probe();
            try {
                return ledger.used(PAYMENT) == uses;
            } catch (LedgerUnavailableException e) {
                return false;
            }
        });
    }

    @Test
    void aSettlementOfARowThatSomebodyHasLockedIsDoneWhenItIsFreeAndStopsNobodyMeanwhile() throws Exception {
        Charge charge = charge(1);
        PaymentHash other = new PaymentHash(5, 0, 2, 1);
        try (Connection theirs = database.get();
                Statement statement = theirs.createStatement()) {
            theirs.setAutoCommit(false);
            statement.execute("UPDATE lsat_payment SET kept_until = kept_until");
            ledger.settle(charge, 1, 0);
            ledger.settle(ledger.charge(other, 1, 1, 1, end), 1, 0);
            theirs.rollback();
            theirs.setAutoCommit(true);
        }
        awaitUsed(1);
        assertThat(ledger.used(other)).isEqualTo(1);
    }

    @Test
    void settlementsThatWaitedAreDoneBeforeTheLedgerClosesThoughOneIsRefused() throws Exception {
        Charge refused = charge(1);
        PaymentHash other = new PaymentHash(5, 0, 2, 1);
        Charge waiting = ledger.charge(other, 1, 1, 1, end);
        // The lock ends with the database.
        Connection theirs = database.get();
        theirs.setAutoCommit(false);
        try (Statement statement = theirs.createStatement()) {
            statement.execute(
                    "UPDATE lsat_payment SET kept_until = kept_until WHERE payment = X'" + PAYMENT.hex() + "'");
        }
        wires.off = true;
        ledger.settle(refused, 1, 0);
        ledger.settle(waiting, 1, 0);
        wires.off = false;
        ledger.close();
        open();
        assertThat(ledger.used(other)).isEqualTo(1);
        assertThat(ledger.used(PAYMENT)).isZero();
    }

    @Test
    void whoMayNotReadTheRevokedPaymentsCountsAllTheSame() throws Exception {
        charge(3);
        sql(
                "CREATE USER guest PASSWORD ''",
                "GRANT SELECT, INSERT, UPDATE ON lsat_payment TO guest",
                "GRANT SELECT ON lsat_version TO guest");
        JdbcLedger theirs = ledger(guest());
        assertThat(theirs.charge(PAYMENT, 1, 3, 3, end).left()).isEqualTo(1);
        assertThatThrownBy(theirs::revoked).isInstanceOf(LedgerUnavailableException.class);
        assertThat(theirs.charge(PAYMENT, 1, 3, 3, end).left()).isZero();
        theirs.close();
    }

    /** A pool's connections are the application's next. */
    @Test
    void aConnectionGoesBackAsItCame() throws Exception {
        try (Connection only = database.get()) {
            JdbcLedger shared = ledger(new Connections() {
                @Override
                public Connection get() {
                    return unclosed(only);
                }

                @Override
                public void close() {}
            });
            shared.settle(shared.charge(PAYMENT, 1, 1, 1, end), 1, 0);
            shared.close();
            try (Statement statement = only.createStatement()) {
                assertThat(statement.getQueryTimeout()).isZero();
            }
        }
    }

    private static Connection unclosed(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) ->
                        method.getName().equals("close") ? null : method.invoke(connection, arguments));
    }

    @Test
    void aDatabaseInMemoryIsRefusedSinceItWouldSellAllAgainAfterARestart() {
        JdbcLedger forgetful = ledger(new OfDataSource(h2("jdbc:h2:mem:forgetful")));
        assertThatThrownBy(() -> forgetful.charge(PAYMENT, 1, 1, 1, end))
                .isInstanceOf(LedgerUnavailableException.class)
                .hasMessage(
                        "the test: lsat.ledger.datasource leads to an H2 in memory (jdbc:h2:mem:forgetful): all that"
                                + " was sold would be sold again after a restart. Name a database that lasts, or leave that out"
                                + " and count in a file");
        forgetful.close();
    }

    @ParameterizedTest
    @CsvSource({"'', true", "';WRITE_DELAY=0', false", "';DATABASE_TO_UPPER=FALSE', false"})
    void whoseDatabaseKeepsTheLastCountsToItselfIsWarned(String more, boolean isWarned) throws Exception {
        List<String> warnings = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                warnings.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger("org.lsat");
        log.addHandler(handler);
        JdbcLedger theirs = ledger(new OfDataSource(h2("jdbc:h2:file:" + directory.resolve("theirs") + more)));
        try {
            theirs.charge(PAYMENT, 1, 1, 1, end);
        } finally {
            log.removeHandler(handler);
            theirs.close();
        }
        String warning =
                "lsat: the test keeps what was counted within the last 500 ms to itself, so that a process that is"
                        + " killed sells it again; add ;WRITE_DELAY=0 to the URL of this H2, for a user who is its"
                        + " administrator";
        assertThat(warnings).isEqualTo(isWarned ? List.of(warning) : List.of());
    }

    private static JdbcDataSource h2(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        return source;
    }

    @Test
    void aSettlementOfWhichNobodyKnowsWhetherItWasDoneIsNotDoneAgain() throws Exception {
        Charge charge = charge(3);
        wires.breaksAfterwards = true;
        assertThatThrownBy(() -> ledger.settle(charge, 1, 0)).isInstanceOf(LedgerUnavailableException.class);
        wires.breaksAfterwards = false;
        probe();
        assertThat(charge(3).left()).isEqualTo(1);
    }

    @Test
    void whosePoolGivesBrokenConnectionsAwayIsToldToHaveThemValidated() {
        JdbcLedger theirs = ledger(new Connections() {
            @Override
            public Connection get() {
                return (Connection) Proxy.newProxyInstance(
                        Connection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("close")) {
                                return null;
                            }
                            throw new SQLException("This connection has been closed.", "08003");
                        });
            }

            @Override
            public void close() {}
        });
        assertThatThrownBy(() -> theirs.charge(PAYMENT, 1, 1, 1, end))
                .isInstanceOf(LedgerUnavailableException.class)
                .hasMessageEndingWith(
                        "closed. The server's pool gives away connections that are broken: have it validate them");
        theirs.close();
    }

    @Test
    void aTransactionOfTheApplicationTakesNothingBackThatWasCounted() throws Exception {
        wires.inTransaction = Thread.currentThread();
        ledger.settle(charge(2), 1, 0);
        wires.inTransaction = new Thread();
        assertThat(charge(2).left()).isZero();
    }

    @Test
    void twoLedgersOverOneDatabaseShareItsCounts() throws Exception {
        JdbcLedger other = ledger(new OtherHandle(database));
        ledger.settle(charge(2), 1, 0);
        Charge second = other.charge(PAYMENT, 1, 2, 2, end);
        assertThat(second.left()).isZero();
        assertThat(second.first()).isFalse();
        assertThat(charge(2).status()).isEqualTo(Charge.Status.IN_FLIGHT);
        other.settle(second, 1, 0);
        assertThat(charge(2).status()).isEqualTo(Charge.Status.EXHAUSTED);
        other.close();
    }

    /** Leaves it open. */
    private record OtherHandle(Connections behind) implements Connections {

        @Override
        public Connection get() throws SQLException {
            return behind.get();
        }

        @Override
        public void close() {}
    }

    @Test
    void aReopenedFileHasEveryCount() throws Exception {
        ledger.settle(charge(2), 1, 0);
        ledger.close();
        open();
        Charge again = charge(2);
        assertThat(again.left()).isZero();
        assertThat(again.first()).isFalse();
    }

    @Test
    void tablesOfANewerVersionAreLeftAlone() throws Exception {
        charge(1);
        ledger.close();
        open();
        sql("UPDATE lsat_version SET version = 2");
        assertThatThrownBy(() -> charge(1))
                .isInstanceOf(LedgerUnavailableException.class)
                .hasMessageContaining("of version 2, made by a newer lsat-ledger-jdbc; this one knows version 1");
    }

    @Test
    void whoMayNotMakeTablesIsToldWhatToMake() throws Exception {
        sql("CREATE USER guest PASSWORD ''", "CREATE SCHEMA readers");
        JdbcLedger theirs = ledger(guest());
        assertThatThrownBy(() -> theirs.charge(PAYMENT, 1, 1, 1, end))
                .isInstanceOf(LedgerUnavailableException.class)
                .hasMessageContaining(
                        "Let the user of lsat.ledger.datasource create tables, or create them: CREATE TABLE");
        theirs.close();
    }

    private Connections guest() {
        JdbcDataSource source = h2("jdbc:h2:file:" + directory.resolve("ledger"));
        source.setUser("guest");
        source.setPassword("");
        return new OfDataSource(source);
    }

    @Test
    void paymentsThatEndedArePurgedAndTheOthersStay() throws Exception {
        for (int i = 0; i < 2_500; i++) {
            ledger.charge(new PaymentHash(0, 0, 0, i), 1, 1, 1, end);
        }
        charge(1);
        ledger.charge(PAYMENT, 1, 2, 2, end.plus(Duration.ofDays(1)));
        clock.set(end.plus(Ledger.KEPT_LONGER));
        ledger.purge();
        assertThat(rows()).isEqualTo(2_501);
        clock.advance(Duration.ofMillis(1));
        ledger.purge();
        assertThat(rows()).isEqualTo(1);
        assertThat(ledger.isNearlyFull()).isFalse();
    }

    @Test
    void aClosedLedgerLeavesNoThread() throws Exception {
        charge(1);
        ledger.close();
        // One that has ended may be listed for a moment.
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (threads().anyMatch(JdbcLedgerTest::isOurs) && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(threads()).noneMatch(JdbcLedgerTest::isOurs);
    }

    private static boolean isOurs(String thread) {
        return thread.equals("lsat-ledger") || thread.contains("MVStore");
    }

    private static Stream<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName);
    }

    @Test
    void usesThatTakeLongAreLookedForSeveralTimesALeaseAlsoAfterALookThatFailed() throws Exception {
        BlockingQueue<String> looks = new LinkedBlockingQueue<>();
        LedgerBackend.Terms terms = new LedgerBackend.Terms("shop", "bc", 10, Duration.ofSeconds(1), clock);
        try (JdbcLedger shortly = new JdbcLedger(new H2File(directory.resolve("short")), "the test", terms)) {
            shortly.onLease(() -> {
                looks.add(Thread.currentThread().getName());
                throw new IllegalStateException("thrown by the test");
            });
            for (int i = 0; i < 3; i++) {
                assertThat(looks.poll(20, TimeUnit.SECONDS)).isEqualTo("lsat-ledger");
            }
        }
    }

    @Test
    void aPaymentIsRevokedOnceForAllWhoShareTheTables() throws Exception {
        JdbcLedger other = ledger(database);
        assertThat(other.revoked()).isEmpty();
        ledger.revoke("00112233");
        ledger.revoke("00112233");
        other.revoke("aabbccddee");
        assertThat(other.revoked()).containsExactlyInAnyOrder("00112233", "aabbccddee");
        BlockingQueue<Set<String>> told = new LinkedBlockingQueue<>();
        other.onRevoked(told::add);
        assertThat(told.poll(20, TimeUnit.SECONDS)).containsExactlyInAnyOrder("00112233", "aabbccddee");
        ledger.revoke("ffffffff");
        assertThat(told.poll(20, TimeUnit.SECONDS)).contains("ffffffff").hasSize(3);
        sql("DELETE FROM lsat_revoked");
        assertThat(told.poll(20, TimeUnit.SECONDS)).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void tablesFromBeforePaymentsCouldBeRevokedGetTheOneThatIsMissing() throws Exception {
        charge(1);
        sql("DROP TABLE lsat_revoked");
        JdbcLedger later = ledger(database);
        later.revoke("00112233");
        assertThat(later.revoked()).containsExactly("00112233");
    }

    /** H2 closes its file when a thread writes that is interrupted. */
    @Test
    void theUseOfAThreadThatTheApplicationLeftInterruptedIsCountedAndOthersGoOn() throws Exception {
        for (int i = 0; i < 20; i++) {
            Charge charge = ledger.charge(PAYMENT, 1, 100, 100, end);
            Thread.currentThread().interrupt();
            try {
                ledger.settle(charge, 1, 0);
            } finally {
                assertThat(Thread.interrupted()).as("it still is").isTrue();
            }
            assertThat(ledger.charge(new PaymentHash(5, i, 2, 1), 1, 5, 5, end).status())
                    .isEqualTo(Charge.Status.APPLIED);
        }
        assertThat(ledger.used(PAYMENT)).isEqualTo(20);
    }

    /** As many as may at once, and one more. */
    @Test
    void whereManyAskAtOnceItSaysSoAndNotThatTheDatabaseIsAway() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(32);
        JdbcLedger busy = new JdbcLedger(
                new Connections() {
                    @Override
                    public Connection get() throws SQLException {
                        inside.countDown();
                        try {
                            hold.await();
                        } catch (InterruptedException e) {
                            throw new SQLException(e);
                        }
                        return database.get();
                    }

                    @Override
                    public void close() {}
                },
                "the test",
                new LedgerBackend.Terms("shop", "bc", 10, LEASE, clock));
        ExecutorService callers = Executors.newFixedThreadPool(32);
        for (int i = 0; i < 32; i++) {
            var unused = callers.submit(() -> busy.used(PAYMENT));
        }
        inside.await();
        assertThatThrownBy(() -> busy.used(PAYMENT)).hasMessage("the test: more ask at once than it answers");
        hold.countDown();
        callers.shutdown();
        busy.close();
    }

    /** Whoever sees how full it is takes what was counted before, while one counts. */
    @Test
    void oneCountsThePaymentsAndTheOthersDoNotWait() throws Exception {
        assertThat(ledger.isNearlyFull()).isFalse();
        clock.advance(Duration.ofSeconds(11));
        int before = wires.asked.get();
        CountDownLatch counts = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        wires.before = () -> {
            counts.countDown();
            end.await();
        };
        Thread counting = new Thread(() -> {
            try {
                ledger.isNearlyFull();
            } catch (LedgerUnavailableException e) {
                throw new AssertionError(e);
            }
        });
        counting.start();
        counts.await();
        for (int i = 0; i < 100; i++) {
            assertThat(ledger.isNearlyFull()).isFalse();
        }
        end.countDown();
        counting.join();
        assertThat(wires.asked.get() - before).isOne();
    }

    /** docs/cluster.md: by a quarter of the lease. It is settled after five eighths of it at the latest. */
    @ParameterizedTest
    @CsvSource({"PT2M, 30", "PT1M, 15", "PT3S, 0"})
    void whereClocksDifferAUseThatIsUnderWayIsNotSoldAgain(Duration lease, long fast) throws Exception {
        SettableClock slow = SettableClock.at("2026-01-01T00:00:00Z");
        SettableClock quick = SettableClock.at("2026-01-01T00:00:00Z");
        quick.advance(Duration.ofSeconds(fast));
        JdbcLedger first =
                new JdbcLedger(database, "one", new LedgerBackend.Terms("shop", "bc", 10, lease, slow), nanos::get);
        JdbcLedger second =
                new JdbcLedger(database, "other", new LedgerBackend.Terms("shop", "bc", 10, lease, quick), nanos::get);
        Charge charge = first.charge(PAYMENT, 1, 1, 1, end);
        Duration untilSettled = lease.dividedBy(2).plus(lease.dividedBy(8));
        slow.advance(untilSettled);
        quick.advance(untilSettled);
        assertThat(second.charge(PAYMENT, 1, 1, 1, end).status()).isEqualTo(Charge.Status.IN_FLIGHT);
        first.settle(charge, 1, 0);
        assertThat(second.charge(PAYMENT, 1, 1, 1, end).status()).isEqualTo(Charge.Status.EXHAUSTED);
        first.close();
        second.close();
    }
}
