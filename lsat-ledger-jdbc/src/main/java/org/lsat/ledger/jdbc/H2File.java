package org.lsat.ledger.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.StampedLock;
import org.h2.Driver;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/** A database in a file of ours that this process has for itself. It is opened when it is first asked for a connection. */
final class H2File implements Connections {

    private static final System.Logger LOG = System.getLogger("org.lsat");

    private static final int MOST_CONNECTIONS = 16;
    private static final int SECONDS_TO_WAIT = 2;

    /** H2 writes names of its classes into the file; in lsat-all they have others. */
    private static final boolean MOVED = Driver.class.getName().startsWith("org.lsat.");

    private final Path file;
    private @Nullable JdbcConnectionPool pool;
    private boolean closed;

    /** Read where a connection is taken, written where there are to be none any more. */
    private final StampedLock lock = new StampedLock();

    private volatile boolean opened;

    /** Not tried again then: H2 keeps a file locked that it could not read, and would say next that another has it open. */
    private volatile @Nullable String madeByAnother;

    /** Without the {@code .mv.db} that H2 adds. */
    H2File(Path file) {
        this.file = file;
    }

    @Override
    public Connection get() throws SQLException {
        String other = madeByAnother;
        if (other != null) {
            throw new SQLException(other);
        }
        // What H2 makes and keeps, such as threads, must not keep the application: in Payara H2 is the server's.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Driver.class.getClassLoader());
        long opening = lock.readLock();
        try {
            Connection connection = pool().getConnection();
            opened = true;
            return connection;
        } catch (SQLException e) {
            throw new SQLException(reason(e), e.getSQLState(), e);
        } finally {
            lock.unlockRead(opening);
            thread.setContextClassLoader(before);
        }
    }

    private String reason(SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("may be already in use")) {
            return "another process, or another application, has it open; give each its own lsat.ledger.dir or lsat.realm,"
                    + " or share a database by lsat.ledger.datasource";
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClassNotFoundException) {
                String other = "it was made by "
                        + (MOVED
                                ? "H2 in a JAR of its own, and this is lsat-all"
                                : "lsat-all, and this is H2 in a JAR of its own")
                        + "; docs/ledger.md says how its counts are taken along";
                madeByAnother = other;
                return other;
            }
        }
        return message;
    }

    private synchronized JdbcConnectionPool pool() throws SQLException {
        if (closed) {
            throw new SQLException("the ledger is closed");
        }
        JdbcConnectionPool present = pool;
        if (present == null) {
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
            } catch (IOException e) {
                throw new SQLException("the directory cannot be made: " + e, e);
            }
            present = JdbcConnectionPool.create(source());
            present.setMaxConnections(MOST_CONNECTIONS);
            present.setLoginTimeout(SECONDS_TO_WAIT);
            pool = present;
        }
        return present;
    }

    private void shutDown() {
        try (Connection last = source().getConnection();
                Statement statement = last.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, "lsat: " + file + " could not be closed as it should be", e);
        }
    }

    private JdbcDataSource source() {
        JdbcDataSource source = new JdbcDataSource();
        // What is committed is in the file, whatever happens to this process then. The end is ours: a hook of H2's
        // would outlive the application.
        source.setURL("jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT="
                + SECONDS_TO_WAIT * 1_000);
        source.setUser("lsat");
        source.setPassword("");
        return source;
    }

    /**
     * Whoever still uses a connection loses it. Else the database would be closed by the last of them, after the application has
     * ended and with it its JARs (WildFly): what H2 needs for that is not found then, and H2 keeps the database for a hook
     * at the end of the server.
     */
    @Override
    public void close() {
        long closing = lock.writeLock();
        try {
            closeNow();
        } finally {
            lock.unlockWrite(closing);
        }
    }

    private synchronized void closeNow() {
        closed = true;
        if (pool != null) {
            if (opened) {
                shutDown();
            }
            pool.dispose();
            pool = null;
            if (Driver.class.getClassLoader() == H2File.class.getClassLoader()) {
                // H2 registers itself with the JDK, which would keep the application's class loader.
                Driver.unload();
            }
        }
    }
}
