package org.lsat.ledger.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Where connections come from, and go when they are closed. Thread-safe. */
interface Connections extends AutoCloseable {

    Connection get() throws SQLException;

    /**
     * Finds out where connections come from, where that is not known yet. A thread of ours may not be able to, where one of the
     * server's is.
     */
    default void find() throws SQLException {}

    @Override
    void close();
}
