package org.lsat.ledger.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Where connections come from, and go when they are closed. Thread-safe. */
interface Connections extends AutoCloseable {

    Connection get() throws SQLException;

    @Override
    void close();
}
