package org.lsat.servlet;

import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.lsat.config.ConfigException;
import org.lsat.config.ConfigValues;
import org.lsat.config.Fault;
import org.lsat.config.StandardSources;

/** Reads MicroProfile Config where there is an implementation of it, else its three standard sources. */
final class Configuration {

    private Configuration() {}

    static ConfigValues read(ClassLoader loader) {
        try {
            return MicroProfile.read(loader);
        } catch (LinkageError | IllegalStateException e) {
            // LinkageError: no API, as on bare Tomcat. IllegalStateException: the API without an implementation.
            return StandardSources.read(System.getProperties(), System.getenv(), loader);
        }
    }

    /** A class of its own: it cannot be loaded where the API is absent. */
    private static final class MicroProfile {

        static ConfigValues read(ClassLoader loader) {
            Config config = ConfigProvider.getConfig(loader);
            OwnFile.requireIn(config, loader);
            Set<String> names = new HashSet<>();
            config.getPropertyNames().forEach(names::add);
            return new ConfigValues(names, name -> value(config, name), System.getenv());
        }

        private static @Nullable String value(Config config, String name) {
            try {
                return config.getOptionalValue(name, String.class).orElse(null);
            } catch (NoSuchElementException | IllegalArgumentException e) {
                // A property expression that leads nowhere. Not to know a price must not make anything free.
                // The message may quote a part of the value.
                String why = name.contains("secret") ? "" : ": " + e.getMessage();
                throw new ConfigException(List.of(new Fault(name, "", "a value that can be resolved" + why)));
            }
        }
    }
}
