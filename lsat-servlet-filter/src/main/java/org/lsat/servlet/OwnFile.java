package org.lsat.servlet;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.lsat.config.ConfigException;
import org.lsat.config.Fault;

/**
 * The configuration that a server gives must hold what stands in this application's own file. Payara looks for it by the
 * application that its thread worked for last, and after a deployment that failed that is the failed one: the next
 * application would have another's prices.
 */
final class OwnFile {

    private static final String FILE = "META-INF/microprofile-config.properties";

    private OwnFile() {}

    /** @throws ConfigException if it does not */
    static void requireIn(Config config, ClassLoader loader) {
        try {
            for (URL url : Collections.list(loader.getResources(FILE))) {
                Properties own = read(url);
                for (String name : own.stringPropertyNames()) {
                    if (name.startsWith("lsat.") && !holds(config, name, own.getProperty(name))) {
                        throw fault(name);
                    }
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException(List.of(new Fault(FILE, "(unreadable)", "a properties file; " + e.getMessage())));
        }
    }

    private static Properties read(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        // A cached connection would hold the JAR open after undeployment.
        connection.setUseCaches(false);
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }

    /** Sources differ in how they decode what is not ASCII; of such a value only the name is looked for. */
    private static boolean holds(Config config, String name, String value) {
        CharsetEncoder ascii = StandardCharsets.US_ASCII.newEncoder();
        return StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .map(source -> source.getValue(name))
                .filter(Objects::nonNull)
                .anyMatch(found -> found.equals(value) || !ascii.canEncode(value));
    }

    private static ConfigException fault(String name) {
        return new ConfigException(List.of(new Fault(
                name,
                "(another application's)",
                "the value in this application's " + FILE
                        + "; the server gave it the configuration of another one, as Payara does after a deployment that"
                        + " failed: deploy it once more, or restart the server. Of an EAR, Payara reads that file only"
                        + " from the JARs in the EAR's lib directory: put it into one of them")));
    }
}
