package org.lsat.ledger.jdbc;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.lsat.config.ConfigReader;
import org.lsat.ledger.LedgerBackend;

/**
 * {@code lsat.ledger=jdbc}: the server's {@code DataSource}, {@code lsat.ledger.datasource}, else a file of its own in {@code
 * lsat.ledger.dir}, which is in the server's data directory where that is known.
 */
public final class JdbcLedgerBackend implements LedgerBackend {

    private static final String DIRECTORY = "lsat.ledger.dir";
    private static final String DATA_SOURCE = "lsat.ledger.datasource";
    private static final String OWN = "lsat";

    /** Where servers keep data, as system properties: WildFly, Payara and GlassFish, Tomcat and TomEE, Open Liberty, Jetty. */
    private static final List<String> SERVERS = List.of(
            "jboss.server.data.dir", "com.sun.aas.instanceRoot", "catalina.base", "server.output.dir", "jetty.base");

    /** So begins the name of the directory that Payara Micro makes anew at each start, and deletes, where it is given none. */
    private static final String MADE_ANEW = "payaramicro-rt";

    @Override
    public String name() {
        return "jdbc";
    }

    @Override
    public Set<String> keys() {
        return Set.of(DIRECTORY, DATA_SOURCE);
    }

    @Override
    public Opener configure(ConfigReader config) {
        Optional<String> dataSource = config.text(DATA_SOURCE);
        Optional<String> directory = config.text(DIRECTORY);
        if (dataSource.isPresent()) {
            if (directory.isPresent()) {
                config.fault(
                        DIRECTORY,
                        directory.get(),
                        "nothing where " + DATA_SOURCE + " names a database; one of the two");
            }
            String name = dataSource.get();
            return terms -> {
                ServerDataSource source = new ServerDataSource(name);
                try {
                    source.find();
                } catch (SQLException e) {
                    // Whoever asks for a connection hears of it, if it is not there by then.
                }
                return new JdbcLedger(source, name, terms);
            };
        }
        Path parent = directory.map(text -> path(text, config)).orElseGet(() -> ofServer(config));
        return terms -> {
            Path file = parent.resolve(terms.realm() + "-" + terms.network());
            return new JdbcLedger(new H2File(file), file + ".mv.db", terms);
        };
    }

    private static Path path(String text, ConfigReader config) {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute() && (!Files.exists(path) || Files.isDirectory(path))) {
                return path;
            }
        } catch (InvalidPathException e) {
            // As a relative one.
        }
        config.fault(DIRECTORY, text, "an absolute path of a directory, which is made where it is not there");
        return Path.of("");
    }

    private static Path ofServer(ConfigReader config) {
        return SERVERS.stream()
                .map(System::getProperty)
                .filter(Objects::nonNull)
                .findFirst()
                .filter(directory -> !directory.contains(MADE_ANEW))
                .map(directory -> Path.of(directory, OWN))
                .orElseGet(() -> {
                    config.fault(
                            DIRECTORY,
                            "",
                            "a directory for the file in which uses are counted: this server does not tell where it keeps"
                                    + " data, or deletes it when it ends (Payara Micro without --rootDir); or "
                                    + DATA_SOURCE + ", the JNDI name of a database");
                    return Path.of("");
                });
    }
}
