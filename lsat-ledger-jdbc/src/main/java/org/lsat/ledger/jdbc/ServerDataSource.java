package org.lsat.ledger.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The server's {@code DataSource} of a name. Looked up at once, since names below {@code java:comp} are there for the server's
 * threads alone (WildFly), and when it is asked for, since a server may bind it later.
 */
final class ServerDataSource implements Connections {

    private final String name;
    private volatile @Nullable DataSource found;

    ServerDataSource(String name) {
        this.name = name;
    }

    @Override
    public Connection get() throws SQLException {
        return source().getConnection();
    }

    @Override
    public void find() throws SQLException {
        source();
    }

    private DataSource source() throws SQLException {
        DataSource present = found;
        if (present == null) {
            present = lookUp();
            found = present;
        }
        return present;
    }

    @SuppressWarnings("BanJNDI") // The name is the administrator's.
    private DataSource lookUp() throws SQLException {
        try {
            InitialContext context = new InitialContext();
            try {
                if (context.lookup(name) instanceof DataSource source) {
                    return source;
                }
                throw new SQLException("it is no DataSource; set lsat.ledger.datasource to the JNDI name of one");
            } finally {
                context.close();
            }
        } catch (NamingException e) {
            throw new SQLException(
                    "the server has no DataSource of this name; make one, or correct lsat.ledger.datasource (" + e
                            + ")",
                    e);
        }
    }

    /** It is the server's. */
    @Override
    public void close() {}
}
