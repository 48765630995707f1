package org.lsat.ledger.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A data source that is somebody else's. */
record OfDataSource(DataSource source) implements Connections {

    @Override
    public Connection get() throws SQLException {
        return source.getConnection();
    }

    @Override
    public void close() {}
}
