package org.lsat.ledger.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** The ledger's own three tables: the payments, those that are revoked, and the version of their form. Made where they are not there yet. */
final class Schema {

    static final String PAYMENTS = "lsat_payment";
    static final String REVOKED = "lsat_revoked";

    private static final String VERSIONS = "lsat_version";
    private static final int VERSION = 1;
    private static final int ATTEMPTS = 3;

    private Schema() {}

    /**
     * Makes what is missing; several may do that at once.
     *
     * @throws SQLException also where the tables are of a newer version than this
     */
    static void prepare(Connection connection, Dialect dialect) throws SQLException {
        int version = version(connection);
        for (int attempt = 1; version == 0; attempt++) {
            try {
                create(connection, dialect);
            } catch (SQLException e) {
                // Two that make a table at once: PostgreSQL lets one of them fail.
                if (attempt == ATTEMPTS) {
                    throw new SQLException(
                            "the ledger's tables cannot be made: " + e.getMessage()
                                    + ". Let the user of lsat.ledger.datasource create tables, or create them: "
                                    + String.join("; ", statements(dialect)),
                            e.getSQLState(),
                            e);
                }
            }
            version = version(connection);
        }
        if (version > VERSION) {
            throw new SQLException(
                    "the ledger's tables are of version " + version + ", made by a newer lsat-ledger-jdbc;"
                            + " this one knows version " + VERSION + ". Take that newer one");
        }
        // It came later, and whoever does not know it does without.
        if (!exists(connection, REVOKED)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(Dialect.revokedTable(REVOKED));
            }
        }
    }

    private static String[] statements(Dialect dialect) {
        return new String[] {
            dialect.table(PAYMENTS),
            Dialect.revokedTable(REVOKED),
            Dialect.index(PAYMENTS),
            "CREATE TABLE IF NOT EXISTS " + VERSIONS + " (version INT NOT NULL)",
            "INSERT INTO " + VERSIONS + " (version) VALUES (" + VERSION + ")"
        };
    }

    private static void create(Connection connection, Dialect dialect) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements(dialect)) {
                statement.execute(sql);
            }
        }
    }

    /** 0 where there are no tables yet. */
    private static int version(Connection connection) throws SQLException {
        if (!exists(connection, VERSIONS)) {
            return 0;
        }
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT COALESCE(MAX(version), 0) FROM " + VERSIONS);
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static boolean exists(Connection connection, String table) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        String name = database.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
        // In a pattern an underscore stands for any character.
        String pattern = name.replace("_", database.getSearchStringEscape() + "_");
        try (ResultSet tables = database.getTables(null, connection.getSchema(), pattern, null)) {
            return tables.next();
        }
    }
}
