package org.lsat.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.lsat.ledger.Ledger;
import org.lsat.ledger.LedgerBackend;
import org.lsat.testkit.LedgerContract;
import org.postgresql.ds.PGConnectionPoolDataSource;

@DisplayName("The ledger in PostgreSQL")
final class PostgresLedgerTest extends LedgerContract {

    private static EmbeddedPostgres postgres;

    /** As every server has one. */
    private static JdbcConnectionPool pool;

    private final List<JdbcLedger> opened = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                // No machine dies here.
                .setServerConfig("fsync", "off")
                .start();
        PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
        source.setUrl(postgres.getJdbcUrl("postgres", "postgres"));
        pool = JdbcConnectionPool.create(source);
        pool.setMaxConnections(40);
    }

    @AfterAll
    static void stop() throws IOException {
        pool.dispose();
        postgres.close();
    }

    @Override
    protected Ledger ledger(long capacity, Duration lease, InstantSource clock) throws Exception {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS lsat_payment, lsat_revoked, lsat_version");
        }
        JdbcLedger ledger = new JdbcLedger(
                new OfDataSource(pool), "postgres", new LedgerBackend.Terms("shop", "bc", capacity, lease, clock));
        opened.add(ledger);
        return ledger;
    }

    @Test
    @DisplayName("tells of revoked payments")
    void tellsOfRevokedPayments() throws Exception {
        JdbcLedger ledger = (JdbcLedger) ledger(10, Duration.ofMinutes(2), InstantSource.system());
        ledger.revoke("00112233");
        ledger.revoke("00112233");
        assertThat(ledger.revoked()).containsExactly("00112233");
    }

    @AfterEach
    void close() {
        opened.forEach(JdbcLedger::close);
    }
}
