package org.lsat.ledger.jdbc;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.lsat.ledger.Ledger;
import org.lsat.ledger.LedgerBackend;
import org.lsat.testkit.LedgerContract;

@DisplayName("The ledger in an H2 file")
final class H2LedgerTest extends LedgerContract {

    @TempDir
    Path directory;

    private final List<JdbcLedger> opened = new ArrayList<>();

    @Override
    protected Ledger ledger(long capacity, Duration lease, InstantSource clock) {
        Path file = directory.resolve("ledger" + opened.size());
        JdbcLedger ledger = new JdbcLedger(
                new H2File(file), file.toString(), new LedgerBackend.Terms("shop", "bc", capacity, lease, clock));
        opened.add(ledger);
        return ledger;
    }

    @AfterEach
    void close() {
        opened.forEach(JdbcLedger::close);
    }
}
