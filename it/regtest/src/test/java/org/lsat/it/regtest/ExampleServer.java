package org.lsat.it.regtest;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A server of which the example is the only application; configured by the environment, as an administrator might do it. */
final class ExampleServer {

    private static final Duration TO_START = Duration.ofMinutes(2);

    private final Daemon daemon;
    private final Path log;
    private final Shop shop;

    private ExampleServer(Daemon daemon, Path log, Shop shop) {
        this.daemon = daemon;
        this.log = log;
        this.shop = shop;
    }

    /** What sells with a node. */
    static Map<String, String> settings(LndNode node, Path macaroon) {
        return settings(node.target(), node.certificate(), macaroon);
    }

    static Map<String, String> settings(String target, Path certificate, Path macaroon) {
        return new TreeMap<>(Map.of(
                "LSAT_BACKEND", "lnd",
                "LSAT_NETWORK", "regtest",
                "LSAT_REALM", "rates",
                "LSAT_SECRET", "regtest-secret-for-nothing-but-these-tests",
                "LSAT_LEDGER", "memory",
                "LSAT_CHALLENGES_PER_CLIENT", "unlimited",
                "LSAT_CHALLENGES_TOTAL", "unlimited",
                "LSAT_LND_TARGET", target,
                "LSAT_LND_CERT", certificate.toString(),
                "LSAT_LND_MACAROON", macaroon.toString()));
    }

    /** Tomcat 10, as {@code ./mvnw -Prun} starts it. */
    static ExampleServer tomcat(Map<String, String> settings) throws IOException, InterruptedException {
        return tomcat("tomcat", "example.tomcat", System.getProperty("tomcat.http.port"), settings);
    }

    /** Another one beside it. */
    static ExampleServer anotherTomcat(Map<String, String> settings) throws IOException, InterruptedException {
        return tomcat("another-tomcat", "example.tomcat", Integer.toString(FreePort.find()), settings);
    }

    /** Tomcat 10, where lsat-all is all that the application has of ours. */
    static ExampleServer tomcatWithOneJar(Map<String, String> settings) throws IOException, InterruptedException {
        return tomcat("tomcat-one-jar", "example.one-jar", System.getProperty("tomcat.http.port"), settings);
    }

    private static ExampleServer tomcat(String name, String example, String port, Map<String, String> settings)
            throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("tomcat.home"));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        for (String opened : List.of(
                "java.base/java.lang",
                "java.base/java.io",
                "java.base/java.util",
                "java.base/java.util.concurrent",
                "java.rmi/sun.rmi.transport")) {
            command.add("--add-opens=" + opened + "=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-Xmx256m",
                "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
                "-Djava.util.logging.config.file=" + home.resolve("conf/logging.properties"),
                "-Dorg.apache.tomcat.util.digester.PROPERTY_SOURCE="
                        + "org.apache.tomcat.util.digester.EnvironmentPropertySource",
                "-Dorg.apache.catalina.startup.EXIT_ON_INIT_FAILURE=true",
                "-Dcatalina.home=" + home,
                "-Djava.io.tmpdir=" + home.resolve("temp"),
                "-Dexample.war=" + System.getProperty(example),
                "-classpath",
                home.resolve("bin/bootstrap.jar") + File.pathSeparator + home.resolve("bin/tomcat-juli.jar"),
                "org.apache.catalina.startup.Bootstrap",
                "start"));
        settings.put("PORT", port);
        return start(name, command, settings, "http://127.0.0.1:" + port);
    }

    /** WildFly, with the application under a context path. */
    static ExampleServer wildfly(Map<String, String> settings) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("wildfly.home"));
        int offset = Integer.getInteger("wildfly.port.offset");
        Path war = Path.of(System.getProperty("example.wildfly"));
        try (Stream<Path> markers = Files.list(war.resolveSibling(""))) {
            for (Path marker : markers.filter(file -> !file.equals(war)).toList()) {
                Files.deleteIfExists(marker);
            }
        }
        Files.writeString(war.resolveSibling(war.getFileName() + ".dodeploy"), "");
        // So that the script hands a signal on to the server.
        settings.put("LAUNCH_JBOSS_IN_BACKGROUND", "true");
        settings.put("JAVA_HOME", System.getProperty("java.home"));
        settings.put("JAVA_OPTS", "-Xmx512m");
        return start(
                "wildfly",
                List.of(
                        home.resolve("bin/standalone.sh").toString(),
                        "-b=127.0.0.1",
                        "-bmanagement=127.0.0.1",
                        "-Djboss.socket.binding.port-offset=" + offset),
                settings,
                "http://127.0.0.1:" + (8080 + offset) + "/rates");
    }

    private static ExampleServer start(String name, List<String> command, Map<String, String> settings, String root)
            throws IOException, InterruptedException {
        Path log = Path.of(System.getProperty("regtest.directory"), name + ".log");
        Files.deleteIfExists(log);
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().putAll(settings);
        ExampleServer server = new ExampleServer(Daemon.start(name, log, process), log, new Shop(root));
        Await.until(name + " serves " + root, TO_START, () -> {
            server.daemon.requireAlive();
            return server.shop.get("/api/currencies").status() == 200;
        });
        return server;
    }

    Shop shop() {
        return shop;
    }

    /** All that it has printed. */
    String printed() throws IOException {
        return Files.readString(log);
    }

    /** How many of its threads are in this method now, by a stack trace of all. */
    long threadsIn(String method) throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(daemon.pid()),
                        "Thread.print")
                .redirectErrorStream(true)
                .start();
        String stacks = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Stream.of(stacks.split("\n\n"))
                .filter(stack -> stack.contains("at " + method + "("))
                .count();
    }

    void stop() throws InterruptedException {
        daemon.stop();
    }
}
