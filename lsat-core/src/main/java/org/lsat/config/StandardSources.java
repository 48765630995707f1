package org.lsat.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The three sources that MicroProfile Config (3.0, "Default ConfigSources") prescribes, for servers that have no
 * implementation of it: system properties (ordinal 400), environment variables (300), and every {@code
 * META-INF/microprofile-config.properties} of the class path (100, or what its {@code config_ordinal} says). Property
 * expressions and profiles are refused rather than half understood.
 */
public final class StandardSources {

    private static final String FILE = "META-INF/microprofile-config.properties";
    private static final String ONLY_AN_IMPLEMENTATION =
            "; only a MicroProfile Config implementation understands that: ";
    private static final String ADD_SMALLRYE = "add io.smallrye.config:smallrye-config-core to the application";
    private static final int ARGUMENTS = Integer.MAX_VALUE;
    private static final int SYSTEM_PROPERTIES = 400;
    private static final int ENVIRONMENT = 300;
    private static final int FILES = 100;

    private final List<Source> sources;
    private final Map<String, String> environment;

    private record Source(int ordinal, Map<String, String> values, boolean isEnvironment) {

        @Nullable String get(String name) {
            if (!isEnvironment) {
                return values.get(name);
            }
            String underscored = name.replaceAll("[^A-Za-z0-9]", "_");
            String exact = values.getOrDefault(name, values.get(underscored));
            return exact != null ? exact : values.get(ConfigReader.environmentName(name));
        }
    }

    private StandardSources(List<Source> sources, Map<String, String> environment) {
        this.sources = sources.stream()
                .sorted(Comparator.comparingInt(Source::ordinal).reversed())
                .toList();
        this.environment = environment;
    }

    /**
     * Reads the sources.
     *
     * @throws ConfigException if a file cannot be read, or uses what is not understood here
     */
    public static ConfigValues read(Properties system, Map<String, String> environment, ClassLoader loader) {
        List<Fault> faults = new ArrayList<>();
        List<Source> sources = new ArrayList<>();
        Map<String, String> properties = new TreeMap<>();
        system.stringPropertyNames().forEach(name -> properties.put(name, system.getProperty(name)));
        sources.add(new Source(SYSTEM_PROPERTIES, properties, false));
        sources.add(new Source(ENVIRONMENT, environment, true));
        sources.addAll(files(loader, faults));
        return new StandardSources(sources, environment).values(faults, ADD_SMALLRYE);
    }

    /**
     * Reads what an application elsewhere is configured by, for a command: its own arguments, the environment, and the
     * application's file.
     *
     * @param arguments of the command, before all else
     * @param file none where the command is told all in another way
     * @param instead what to do about that which is not understood here
     * @throws ConfigException if the file uses what is not understood here
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it is no properties file
     */
    public static ConfigValues read(
            Map<String, String> arguments, Map<String, String> environment, Optional<Path> file, String instead)
            throws IOException {
        List<Fault> faults = new ArrayList<>();
        List<Source> sources = new ArrayList<>();
        sources.add(new Source(ARGUMENTS, arguments, false));
        sources.add(new Source(ENVIRONMENT, environment, true));
        if (file.isPresent()) {
            try (InputStream stream = Files.newInputStream(file.get())) {
                sources.add(file(stream, file.get().toString(), faults));
            }
        }
        return new StandardSources(sources, environment).values(faults, instead);
    }

    private static List<Source> files(ClassLoader loader, List<Fault> faults) {
        List<Source> files = new ArrayList<>();
        try {
            for (Enumeration<URL> urls = loader.getResources(FILE); urls.hasMoreElements(); ) {
                files.add(file(urls.nextElement(), faults));
            }
        } catch (IOException | IllegalArgumentException e) {
            // IllegalArgumentException: a malformed \\uxxxx escape. Not to read the prices must not make things free.
            faults.add(new Fault(FILE, "(unreadable)", "a properties file; " + e.getMessage()));
        }
        return files;
    }

    private static Source file(URL url, List<Fault> faults) throws IOException {
        URLConnection connection = url.openConnection();
        // A cached connection would hold the JAR open after undeployment.
        connection.setUseCaches(false);
        try (InputStream stream = connection.getInputStream()) {
            return file(stream, FILE, faults);
        }
    }

    private static Source file(InputStream stream, String called, List<Fault> faults) throws IOException {
        Properties properties = new OnceEach(called, faults);
        properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        String ordinal =
                values.getOrDefault("config_ordinal", String.valueOf(FILES)).strip();
        if (!ordinal.matches("-?[0-9]{1,9}")) {
            faults.add(new Fault("config_ordinal", ordinal, "a whole number"));
            return new Source(FILES, values, false);
        }
        return new Source(Integer.parseInt(ordinal), values, false);
    }

    /** Remembers which of our names stand twice: of two rules of one name, one would be free without a word. */
    private static final class OnceEach extends Properties {

        private static final long serialVersionUID = 1L;

        private final String called;
        private final transient List<Fault> faults;

        OnceEach(String called, List<Fault> faults) {
            this.called = called;
            this.faults = faults;
        }

        @Override
        public synchronized @Nullable Object put(Object name, Object value) {
            Object before = super.put(name, value);
            if (before != null && name.toString().startsWith("lsat.")) {
                faults.add(new Fault(
                        name.toString(), "(twice)", "once in " + called + "; give each rule a name of its own"));
            }
            return before;
        }
    }

    private void refuseWhatIsNotUnderstood(List<Fault> faults, String instead) {
        String profile = lookup("mp.config.profile");
        if (profile != null) {
            faults.add(new Fault("mp.config.profile", profile, "a profile" + ONLY_AN_IMPLEMENTATION + instead));
        }
        for (Source source : sources) {
            source.values.forEach((name, value) -> {
                boolean ours = name.startsWith("lsat.")
                        || ConfigReader.environmentName(name).startsWith("LSAT_");
                if (name.startsWith("%") && name.contains(".lsat.")) {
                    String shown = ConfigReader.isSecret(name) ? ConfigReader.HIDDEN : value;
                    faults.add(new Fault(name, shown, "a name with a profile" + ONLY_AN_IMPLEMENTATION + instead));
                } else if (ours && value.contains("${")) {
                    faults.add(
                            new Fault(name, "(has ${…})", "a property expression" + ONLY_AN_IMPLEMENTATION + instead));
                }
            });
        }
    }

    private ConfigValues values(List<Fault> faults, String instead) {
        refuseWhatIsNotUnderstood(faults, instead);
        if (!faults.isEmpty()) {
            throw new ConfigException(faults);
        }
        Set<String> names = new HashSet<>();
        sources.forEach(source -> names.addAll(source.values.keySet()));
        return new ConfigValues(names, this::lookup, environment);
    }

    /** An empty value in a source of higher ordinal hides the lower ones, as the specification says. */
    private @Nullable String lookup(String name) {
        for (Source source : sources) {
            String value = source.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
