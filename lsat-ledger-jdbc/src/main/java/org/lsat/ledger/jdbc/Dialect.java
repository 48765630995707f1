package org.lsat.ledger.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * What a database calls things. Each charge and each settlement is one statement, which sees and changes its row at once, so
 * that READ COMMITTED is enough and nothing is locked between two statements.
 *
 * <p>The parameters of {@link #charge} are payment, units, end of the lease, end of the row, now, limit.
 */
enum Dialect {
    /** From 2.2 on. */
    H2("BINARY(32)") {
        @Override
        String charge(String table) {
            return "SELECT used, pending, given_back, epoch FROM FINAL TABLE (MERGE INTO " + table
                    + " AS p USING (VALUES ("
                    + "CAST(? AS BINARY(32)), CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT),"
                    + " CAST(? AS BIGINT))) AS c (payment, units, leased, kept, now, most) ON p.payment = c.payment"
                    + " WHEN MATCHED AND p.used + " + PENDING + " + c.units <= c.most THEN UPDATE SET"
                    + " pending = " + PENDING + " + c.units,"
                    + " epoch = p.epoch + CASE WHEN p.pending > 0 AND p.pending_until <= c.now THEN 1 ELSE 0 END,"
                    + " pending_until = GREATEST(p.pending_until, c.leased),"
                    + " kept_until = GREATEST(p.kept_until, c.kept)"
                    + " WHEN NOT MATCHED THEN INSERT (payment, used, pending, given_back, epoch, pending_until,"
                    + " kept_until) VALUES (c.payment, 0, c.units, 0, 0, c.leased, c.kept))";
        }

        @Override
        String purge(String table) {
            return "DELETE FROM " + table + " WHERE kept_until < ? FETCH FIRST " + PURGED_AT_ONCE + " ROWS ONLY";
        }

        /** H2 keeps that time for the connection, which is the application's next. It waits for locks for two seconds. */
        @Override
        boolean mayBeTimed() {
            return false;
        }

        @Override
        Optional<String> risk(Connection connection) {
            try {
                return first(connection, WRITE_DELAY)
                        .filter(millis -> Long.parseLong(millis) > 0)
                        .map(millis -> " keeps what was counted within the last " + millis
                                + " ms to itself, so that a process that is killed sells it again; add"
                                + " ;WRITE_DELAY=0 to the URL of this H2, for a user who is its administrator");
            } catch (SQLException e) {
                // It counts all the same.
                return Optional.empty();
            }
        }
    },
    /** From 9.5 on. */
    POSTGRESQL("BYTEA") {
        @Override
        String charge(String table) {
            return "WITH c (payment, units, leased, kept, now, most) AS (SELECT CAST(? AS BYTEA), CAST(? AS BIGINT),"
                    + " CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT))"
                    + " INSERT INTO " + table + " AS p (payment, used, pending, given_back, epoch, pending_until,"
                    + " kept_until) SELECT payment, 0, units, 0, 0, leased, kept FROM c"
                    + " ON CONFLICT (payment) DO UPDATE SET"
                    + " pending = " + PENDING.replace("c.now", NOW) + " + EXCLUDED.pending,"
                    + " epoch = p.epoch + CASE WHEN p.pending > 0 AND p.pending_until <= " + NOW + " THEN 1 ELSE 0 END,"
                    + " pending_until = GREATEST(p.pending_until, EXCLUDED.pending_until),"
                    + " kept_until = GREATEST(p.kept_until, EXCLUDED.kept_until)"
                    + " WHERE p.used + " + PENDING.replace("c.now", NOW) + " + EXCLUDED.pending"
                    + " <= (SELECT most FROM c)"
                    + " RETURNING p.used, p.pending, p.given_back, p.epoch";
        }

        @Override
        String purge(String table) {
            // Who uses one of them now is left alone, and leaves the others alone.
            return "DELETE FROM " + table + " WHERE payment IN (SELECT payment FROM " + table
                    + " WHERE kept_until < ? LIMIT " + PURGED_AT_ONCE + " FOR UPDATE SKIP LOCKED)";
        }
    };

    static final int PURGED_AT_ONCE = 1_000;

    /** Noted as given back where a request cost nothing: less than any return, so that it takes none away. */
    static final long FREE = -1;

    /** Where two are listed, one was set before the file was opened this time. */
    private static final String WRITE_DELAY = "SELECT MAX(CAST(setting_value AS BIGINT))"
            + " FROM information_schema.settings WHERE setting_name = 'WRITE_DELAY'";

    /** What of a row is pending still. */
    private static final String PENDING =
            "CASE WHEN p.pending > 0 AND p.pending_until <= c.now THEN 0 ELSE p.pending END";

    private static final String NOW = "(SELECT now FROM c)";

    private final String hash;

    Dialect(String hash) {
        this.hash = hash;
    }

    /** The dialect of a database that lasts. */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "H2" -> {
                if (first(connection, "CALL DATABASE_PATH()").isEmpty()) {
                    throw new SQLException("lsat.ledger.datasource leads to an H2 in memory ("
                            + connection.getMetaData().getURL()
                            + "): all that was sold would be sold again after a restart. Name a database that lasts,"
                            + " or leave that out and count in a file");
                }
                yield H2;
            }
            case "PostgreSQL" -> POSTGRESQL;
            default ->
                throw new SQLException("lsat.ledger.datasource leads to " + product
                        + "; the ledger knows PostgreSQL (9.5 or newer) and H2 (2.2 or newer)");
        };
    }

    private static Optional<String> first(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
        }
    }

    /** Whether a statement may be given a time that is its own alone. */
    boolean mayBeTimed() {
        return true;
    }

    /** How counts may be lost in this database, to be said after its name. */
    Optional<String> risk(Connection connection) {
        return Optional.empty();
    }

    String table(String name) {
        return "CREATE TABLE IF NOT EXISTS " + name + " (payment " + hash
                + " NOT NULL PRIMARY KEY, used BIGINT NOT NULL,"
                + " pending BIGINT NOT NULL, given_back BIGINT NOT NULL, epoch BIGINT NOT NULL,"
                + " pending_until BIGINT NOT NULL, kept_until BIGINT NOT NULL)";
    }

    static String index(String table) {
        return "CREATE INDEX IF NOT EXISTS " + table + "_kept ON " + table + " (kept_until)";
    }

    /** A row where the charge was applied: used, pending, given back, epoch after it. None where it was refused. */
    abstract String charge(String table);

    /** Deletes some of the rows that ended before the parameter. */
    abstract String purge(String table);

    /** What was used of a payment. */
    static String used(String table) {
        return "SELECT used FROM " + table + " WHERE payment = ?";
    }

    /**
     * Parameters: most used (bought); given back; the same; most given back; units; cost; given back; the same; most given
     * back; given back; the same, or what is noted where nothing was yet; epoch; units; payment.
     */
    static String settle(String table) {
        String tooMany = "CAST(? AS BIGINT) > 0 AND GREATEST(given_back, 0) + CAST(? AS BIGINT) > CAST(? AS BIGINT)";
        return "UPDATE " + table + " SET used = LEAST(CAST(? AS BIGINT), used + CASE WHEN " + tooMany
                + " THEN CAST(? AS BIGINT) ELSE CAST(? AS BIGINT) END),"
                + " given_back = CASE WHEN " + tooMany + " THEN given_back"
                + " WHEN given_back > 0 THEN given_back + CAST(? AS BIGINT) ELSE CAST(? AS BIGINT) END,"
                + " pending = CASE WHEN epoch = CAST(? AS BIGINT) THEN pending - CAST(? AS BIGINT) ELSE pending END"
                + " WHERE payment = ?";
    }

    static String revokedTable(String name) {
        return "CREATE TABLE IF NOT EXISTS " + name + " (prefix VARCHAR(64) NOT NULL PRIMARY KEY)";
    }

    static String revoked(String table) {
        return "SELECT prefix FROM " + table;
    }

    /** Parameters: the prefix, twice. */
    static String revoke(String table) {
        return "INSERT INTO " + table + " (prefix) SELECT CAST(? AS VARCHAR(64)) WHERE NOT EXISTS (SELECT 1 FROM "
                + table + " WHERE prefix = ?)";
    }

    static String count(String table) {
        return "SELECT COUNT(*) FROM " + table;
    }
}
