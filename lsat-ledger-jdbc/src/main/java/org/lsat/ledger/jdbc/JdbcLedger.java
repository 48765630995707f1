package org.lsat.ledger.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.lsat.ledger.Charge;
import org.lsat.ledger.LedgerBackend;
import org.lsat.ledger.LedgerUnavailableException;
import org.lsat.protocol.PaymentHash;

/**
 * The ledger in a database that any number of processes may share. A charge is one statement, a settlement another one, each
 * committed by itself: what a process that dies had charged is given back when its lease ends, and no payment is
 * lost. The tables are made at the first use, so that an application starts also while its database is away. Thread-safe.
 */
final class JdbcLedger implements LedgerBackend.Opened {

    private static final System.Logger LOG = System.getLogger("org.lsat");

    /** Two who insert the same row at once: H2 lets one of them fail, who then finds it. */
    private static final int ATTEMPTS = 10;

    private static final String NO_AUTOCOMMIT =
            "lsat.ledger.datasource gives connections without autocommit; switch that on, or name another one";

    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int STATEMENT_SECONDS = 5;
    private static final long STATEMENT_NANOS = TimeUnit.SECONDS.toNanos(STATEMENT_SECONDS);

    /** SQLSTATE: the connection does not exist. */
    private static final String CLOSED = "08003";

    /** SQLSTATE: whether the statement was done is not known. */
    private static final String UNKNOWN = "40003";

    /**
     * SQLSTATE: how those begin with which a database says that it has not done a statement: another transaction (40); a
     * lock; no such table, or not for this user; read only (each of PostgreSQL and H2); no room; out of time.
     */
    private static final List<String> NOT_DONE =
            List.of("40", "55", "HYT00", "42", "90096", "25", "90097", "53", "57014");

    private static final Duration COUNTED_AGAIN = Duration.ofSeconds(10);
    private static final int PURGE_MINUTES = 10;
    private static final int MOST_LATE = 10_000;
    private static final int LATE_SECONDS = 1;
    private static final long LOOK_SECONDS = 2;
    private static final int LOOKS_A_LEASE = 8;

    private final Connections database;
    private final String place;
    private final LedgerBackend.Terms terms;
    private final long nearlyFull;
    private final InstantSource clock;
    private final Gate gate;
    private final ScheduledThreadPoolExecutor own;

    /** Settlements that wait for the database to come back. */
    private final BlockingQueue<Late> late = new LinkedBlockingQueue<>(MOST_LATE);

    private final AtomicLong rows = new AtomicLong();

    /** Only one thread at a time looks. */
    private Set<String> toldRevoked = Set.of();

    private boolean revokedAreKnown = true;

    private final ReentrantLock counting = new ReentrantLock();
    private volatile Instant counted = Instant.MIN;
    private volatile @Nullable Statements statements;
    private volatile String failure = "it was not reached yet";

    /** A settlement that was certainly not done. */
    private record Late(Charge charge, long cost, long givenBack) {}

    /** The text of each, for this database. */
    private record Statements(
            Dialect dialect,
            String charge,
            String used,
            String settle,
            String count,
            String purge,
            String revoke,
            String revoked) {

        static Statements of(Dialect dialect) {
            String table = Schema.PAYMENTS;
            return new Statements(
                    dialect,
                    dialect.charge(table),
                    Dialect.used(table),
                    Dialect.settle(table),
                    Dialect.count(table),
                    dialect.purge(table),
                    Dialect.revoke(Schema.REVOKED),
                    Dialect.revoked(Schema.REVOKED));
        }

        PreparedStatement prepare(Connection connection, String sql) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(sql);
            if (dialect.mayBeTimed()) {
                statement.setQueryTimeout(STATEMENT_SECONDS);
            }
            return statement;
        }
    }

    private static final class OwnThread extends Thread {
        OwnThread(Runnable work) {
            super(work, "lsat-ledger");
        }
    }

    /** What is asked on a connection. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(Connection connection, Statements statements) throws SQLException;
    }

    /**
     * Touches nothing yet.
     *
     * @param database is closed with it
     * @param place for the log
     */
    JdbcLedger(Connections database, String place, LedgerBackend.Terms terms) {
        this(database, place, terms, System::nanoTime);
    }

    /** {@code nanoTime}: tells when a database that failed is asked again. */
    JdbcLedger(Connections database, String place, LedgerBackend.Terms terms, LongSupplier nanoTime) {
        this.gate = new Gate(PROBE_NANOS, nanoTime);
        this.database = database;
        this.place = place;
        this.terms = terms;
        this.nearlyFull = Math.max(1, terms.capacity() / 10 * 9 + terms.capacity() % 10 * 9 / 10);
        this.clock = terms.clock();
        this.own = new ScheduledThreadPoolExecutor(2, work -> {
            Thread thread = new OwnThread(work);
            thread.setDaemon(true);
            return thread;
        });
        own.setRemoveOnCancelPolicy(true);
        own.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        repeat(this::purgeQuietly, Duration.ofMinutes(PURGE_MINUTES));
        repeat(this::settleLate, Duration.ofSeconds(LATE_SECONDS));
    }

    private void repeat(Runnable work, Duration every) {
        var unused = own.scheduleWithFixedDelay(work, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public Charge charge(PaymentHash payment, long units, long bought, long limit, Instant expiresAt)
            throws LedgerUnavailableException {
        if (units > limit) {
            return refused(Charge.Status.EXHAUSTED, payment, units, bought);
        }
        long now = clock.millis();
        Charge charge = ask((connection, sql) -> {
            try (PreparedStatement statement = sql.prepare(connection, sql.charge())) {
                statement.setBytes(1, payment.bytes());
                statement.setLong(2, units);
                statement.setLong(3, now + terms.lease().toMillis());
                statement.setLong(4, expiresAt.plus(KEPT_LONGER).toEpochMilli());
                statement.setLong(5, now);
                statement.setLong(6, limit);
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        return applied(row, payment, units, bought, limit);
                    }
                }
            }
            return refused(
                    used(connection, sql, payment) + units > limit ? Charge.Status.EXHAUSTED : Charge.Status.IN_FLIGHT,
                    payment,
                    units,
                    bought);
        });
        if (charge.first()) {
            rows.incrementAndGet();
        }
        return charge;
    }

    private static Charge applied(ResultSet row, PaymentHash payment, long units, long bought, long limit)
            throws SQLException {
        long used = row.getLong(1);
        long pending = row.getLong(2);
        boolean first = used == 0 && pending == units && row.getLong(3) == 0 && row.getLong(4) == 0;
        return new Charge(Charge.Status.APPLIED, payment, units, bought, limit - used - pending, first, row.getLong(4));
    }

    private static Charge refused(Charge.Status status, PaymentHash payment, long units, long bought) {
        return new Charge(status, payment, units, bought, 0, false, 0);
    }

    private static long used(Connection connection, Statements sql, PaymentHash payment) throws SQLException {
        try (PreparedStatement select = sql.prepare(connection, sql.used())) {
            select.setBytes(1, payment.bytes());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /**
     * Where the database is away or refuses, it is done later; but only where it was certainly not done: done twice, one use
     * would count as two.
     */
    @Override
    public void settle(Charge charge, long cost, long givenBack) throws LedgerUnavailableException {
        try {
            settleNow(charge, cost, givenBack);
        } catch (LedgerUnavailableException e) {
            if (!isNotDone(e) || !isKeptForLater(new Late(charge, cost, givenBack))) {
                throw e;
            }
        }
    }

    /** Nobody let it in, or it came back with word that nothing was done. */
    private static boolean isNotDone(LedgerUnavailableException e) {
        return e.getCause() == null || e.getCause() instanceof NotDone;
    }

    /** There was no connection, or the database refused: certainly nothing was done. */
    private static final class NotDone extends SQLException {

        private static final long serialVersionUID = 1L;

        NotDone(Exception cause, @Nullable String state) {
            super(cause.getMessage(), state, cause);
        }

        boolean isRefusal() {
            return getSQLState() != null;
        }
    }

    private Connection connection() throws NotDone {
        try {
            return database.get();
        } catch (SQLException | RuntimeException e) {
            throw new NotDone(e, null);
        }
    }

    private <T> T ask(Question<T> question, Connection connection) throws SQLException {
        try {
            return question.ask(connection, statements(connection));
        } catch (SQLException | RuntimeException e) {
            SQLException cause = sqlException(e);
            String state = String.valueOf(cause.getSQLState());
            if (!state.equals(UNKNOWN) && NOT_DONE.stream().anyMatch(state::startsWith)) {
                throw new NotDone(cause, state);
            }
            throw cause;
        }
    }

    private boolean isKeptForLater(Late settlement) {
        // The last look at them comes after the end of the others.
        return late.offer(settlement) && !(own.isShutdown() && late.remove(settlement));
    }

    /** Those that wait, once each, while the database is there; not for long, since others wait for the thread. */
    private void settleLate() {
        long start = System.nanoTime();
        boolean goesOn = true;
        for (int i = late.size(); i > 0 && goesOn; i--) {
            Late next = late.poll();
            goesOn = next != null && isAnswered(next) && System.nanoTime() - start < STATEMENT_NANOS;
        }
    }

    /** Whether the database is there, be it that it refuses. */
    private boolean isAnswered(Late settlement) {
        try {
            settleNow(settlement.charge, settlement.cost, settlement.givenBack);
            return true;
        } catch (LedgerUnavailableException e) {
            // Behind the others, since it may be the only one that is refused.
            if (!isNotDone(e) || !isKeptForLater(settlement)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "lsat: a request of payment "
                                + settlement.charge.payment().prefix()
                                + " was answered, and may not be counted: " + e.getMessage());
            }
            return e.getCause() instanceof NotDone refused && refused.isRefusal();
        }
    }

    private void settleNow(Charge charge, long cost, long givenBack) throws LedgerUnavailableException {
        // Else a payment of which only what cost nothing was used would look like one that was never used.
        long noted = cost == 0 && givenBack == 0 ? Dialect.FREE : givenBack;
        long most = charge.mostGivenBack();
        long changed = ask((connection, sql) -> {
            try (PreparedStatement update = sql.prepare(connection, sql.settle())) {
                long[] values = {
                    charge.bought(),
                    givenBack,
                    givenBack,
                    most,
                    charge.units(),
                    cost,
                    givenBack,
                    givenBack,
                    most,
                    givenBack,
                    noted,
                    charge.epoch(),
                    charge.units()
                };
                for (int i = 0; i < values.length; i++) {
                    update.setLong(i + 1, values[i]);
                }
                update.setBytes(values.length + 1, charge.payment().bytes());
                return (long) update.executeUpdate();
            }
        });
        if (changed == 0) {
            LOG.log(System.Logger.Level.DEBUG, "lsat: a use was settled of a payment that ended meanwhile");
        }
    }

    @Override
    public long used(PaymentHash payment) throws LedgerUnavailableException {
        return ask((connection, sql) -> used(connection, sql, payment));
    }

    @Override
    public boolean isNearlyFull() throws LedgerUnavailableException {
        // To count a million rows takes a while: one does it, and the others take what was counted before.
        boolean isFirst = counted.equals(Instant.MIN);
        if (isFirst ? isTurnSoon() : !isCountRecent() && counting.tryLock()) {
            try {
                if (!isCountRecent()) {
                    count();
                }
            } finally {
                counting.unlock();
            }
        } else if (isFirst) {
            throw new LedgerUnavailableException(place + ": its payments are being counted, which takes long", null);
        }
        return rows.get() >= nearlyFull;
    }

    private boolean isCountRecent() {
        Instant now = clock.instant();
        return !now.isBefore(counted) && counted.plus(COUNTED_AGAIN).isAfter(now);
    }

    private boolean isTurnSoon() {
        try {
            return counting.tryLock() || counting.tryLock(Gate.MOST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void count() throws LedgerUnavailableException {
        long now = ask((connection, sql) -> {
            try (PreparedStatement select = sql.prepare(connection, sql.count());
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
        rows.set(now);
        counted = clock.instant();
    }

    @Override
    public void revoke(String prefix) throws LedgerUnavailableException {
        int added = ask((connection, sql) -> {
            try (PreparedStatement insert = sql.prepare(connection, sql.revoke())) {
                insert.setString(1, prefix);
                insert.setString(2, prefix);
                return insert.executeUpdate();
            }
        });
        LOG.log(System.Logger.Level.DEBUG, "lsat: rows added to " + Schema.REVOKED + ": " + added);
    }

    @Override
    public void onLease(Runnable settleOverdue) {
        repeat(
                () -> {
                    try {
                        settleOverdue.run();
                    } catch (RuntimeException e) {
                        // Else it would be the last look.
                        LOG.log(System.Logger.Level.WARNING, "lsat: uses that take long could not be settled", e);
                    }
                },
                terms.lease().dividedBy(LOOKS_A_LEASE));
    }

    @Override
    public void onRevoked(Consumer<Set<String>> listener) {
        var unused = own.scheduleWithFixedDelay(() -> lookForRevoked(listener), 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void lookForRevoked(Consumer<Set<String>> listener) {
        try {
            database.find();
            Set<String> now = revoked();
            if (!now.equals(toldRevoked)) {
                listener.accept(now);
                toldRevoked = now;
            }
            revokedAreKnown = true;
        } catch (LedgerUnavailableException | SQLException e) {
            // Who was revoked stays so.
            if (revokedAreKnown) {
                revokedAreKnown = false;
                LOG.log(
                        System.Logger.Level.WARNING,
                        "lsat: it is not known for now whose tokens are revoked since: " + e.getMessage());
            }
        } catch (RuntimeException e) {
            // Else it would be the last look.
            LOG.log(System.Logger.Level.WARNING, "lsat: revoked payments could not be told", e);
        }
    }

    Set<String> revoked() throws LedgerUnavailableException {
        return ask((connection, sql) -> {
            Set<String> prefixes = new HashSet<>();
            try (PreparedStatement select = sql.prepare(connection, sql.revoked());
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    prefixes.add(rows.getString(1));
                }
            }
            return Set.copyOf(prefixes);
        });
    }

    private void purgeQuietly() {
        try {
            purge();
        } catch (LedgerUnavailableException e) {
            // It is done when the database is back.
        }
    }

    /** Forgets payments that ended, some at a time, so that nobody waits for it. */
    void purge() throws LedgerUnavailableException {
        long now = clock.millis();
        int purged = Dialect.PURGED_AT_ONCE;
        while (purged == Dialect.PURGED_AT_ONCE && !own.isShutdown()) {
            purged = ask((connection, sql) -> {
                try (PreparedStatement delete = sql.prepare(connection, sql.purge())) {
                    delete.setLong(1, now);
                    return delete.executeUpdate();
                }
            });
        }
    }

    /**
     * A thread that the application left interrupted is not, meanwhile: H2 closes its file under everybody when such a thread
     * writes.
     */
    private <T> T ask(Question<T> question) throws LedgerUnavailableException {
        boolean interrupted = Thread.interrupted();
        try {
            return askThroughGate(question);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T askThroughGate(Question<T> question) throws LedgerUnavailableException {
        if (!gate.enter()) {
            throw new LedgerUnavailableException(
                    place + ": " + (gate.isOpen() ? "more ask at once than it answers" : failure), null);
        }
        boolean worked = false;
        try {
            T answer = attempt(question);
            worked = true;
            return answer;
        } catch (SQLException e) {
            // It is there: one row that is locked, or one table that is not for us, is no reason to ask for none.
            worked = statements != null && e instanceof NotDone refused && refused.isRefusal();
            failure = CLOSED.equals(e.getSQLState())
                    ? e.getMessage()
                            + " The server's pool gives away connections that are broken: have it validate them"
                    : String.valueOf(e.getMessage());
            throw new LedgerUnavailableException(place + ": " + failure, e);
        } finally {
            gate.leave(worked);
        }
    }

    private <T> T attempt(Question<T> question) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return onAConnectionOfItsOwn(question);
            } catch (SQLException | RuntimeException e) {
                SQLException cause = sqlException(e);
                if (attempt == ATTEMPTS || !isCollision(cause)) {
                    throw cause;
                }
            }
        }
    }

    /** A pool may wrap what the database said: Payara's throws {@link java.lang.reflect.UndeclaredThrowableException}. */
    private static SQLException sqlException(Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotDone none) {
                return none;
            }
            if (cause instanceof SQLException found && (found.getSQLState() != null || found.getCause() == null)) {
                return found;
            }
        }
        return new SQLException(thrown.toString(), thrown);
    }

    /** A row that somebody else inserted or changed at the same time. */
    private static boolean isCollision(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("23") || (state.startsWith("40") && !state.equals(UNKNOWN));
    }

    /** Never a part of the application's own transaction: that may be rolled back, and the use was used all the same. */
    private <T> T onAConnectionOfItsOwn(Question<T> question) throws SQLException {
        try (Connection connection = connection()) {
            if (connection.getAutoCommit()) {
                return ask(question, connection);
            }
        }
        if (Thread.currentThread() instanceof OwnThread) {
            // All of them might wait for one of them.
            throw new SQLException(NO_AUTOCOMMIT);
        }
        try {
            // A thread of ours has no transaction.
            return own.submit(() -> {
                        try (Connection connection = connection()) {
                            if (!connection.getAutoCommit()) {
                                throw new SQLException(NO_AUTOCOMMIT);
                            }
                            return ask(question, connection);
                        }
                    })
                    .get();
        } catch (ExecutionException e) {
            throw new SQLException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException(e);
        } catch (RejectedExecutionException e) {
            throw new SQLException("the ledger is closed", e);
        }
    }

    private Statements statements(Connection connection) throws SQLException {
        Statements present = statements;
        return present != null ? present : prepareTables(connection);
    }

    private synchronized Statements prepareTables(Connection connection) throws SQLException {
        Statements present = statements;
        if (present == null) {
            Dialect dialect = Dialect.of(connection);
            Schema.prepare(connection, dialect);
            dialect.risk(connection).ifPresent(risk -> LOG.log(System.Logger.Level.WARNING, "lsat: " + place + risk));
            present = Statements.of(dialect);
            statements = present;
        }
        return present;
    }

    @Override
    public void close() {
        own.shutdown();
        try {
            if (!own.awaitTermination(STATEMENT_SECONDS, TimeUnit.SECONDS)) {
                own.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        gate.tryAgain();
        settleLate();
        if (!late.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "lsat: " + late.size() + " requests were answered and are not counted in " + place + ": "
                            + failure);
        }
        database.close();
    }
}
