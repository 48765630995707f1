package org.lsat.it.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.Shop;

/** One server of the cluster: a process with a directory of its own, which may die and be started again. */
final class Node {

    /** Below each server. */
    static final String CONTEXT = "/shop";

    /** Costs nothing; answers with the process id. */
    static final String FREE = "/pid";

    /** They start eight times, and none runs for long. */
    private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m");

    private static final long MOST_SECONDS = 120;
    private static final int SECONDS_TO_STOP = 30;
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Node::destroy)));
    }

    private final Path directory;
    private final Path deployed;
    private final List<String> command;
    private final Map<String, String> environment;
    private final int port;
    private final Shop shop;
    private @Nullable Process process;

    private Node(Path directory, Path deployments, List<String> command, Map<String, String> environment, int port) {
        this.directory = directory;
        this.deployed = deployments.resolve("shop.war");
        this.command = command;
        this.environment = environment;
        this.port = port;
        this.shop = Shop.at(port, CONTEXT);
    }

    /** Two Tomcats that share what is installed, and nothing else. */
    static List<Node> tomcats(String databaseUrl, Path driver) throws IOException {
        Path home = Path.of(System.getProperty("tomcat.home"));
        List<Node> nodes = new ArrayList<>();
        for (int port : new int[] {18701, 18702}) {
            Path base = emptied("tomcat-" + port);
            copy(home.resolve("conf"), base.resolve("conf"));
            for (String own : List.of("server.xml", "context.xml")) {
                Files.writeString(base.resolve("conf").resolve(own), resource(own));
            }
            for (String made : List.of("lib", "temp", "logs", "webapps")) {
                Files.createDirectories(base.resolve(made));
            }
            Files.copy(driver, base.resolve("lib").resolve(driver.getFileName()));
            List<String> command = new ArrayList<>(List.of(java()));
            for (String opened : List.of(
                    "java.base/java.lang",
                    "java.base/java.io",
                    "java.base/java.util",
                    "java.base/java.util.concurrent",
                    "java.rmi/sun.rmi.transport")) {
                command.add("--add-opens=" + opened + "=ALL-UNNAMED");
            }
            command.addAll(QUICK_START);
            command.addAll(List.of(
                    "-Dcatalina.home=" + home,
                    "-Dcatalina.base=" + base,
                    "-Djava.io.tmpdir=" + base.resolve("temp"),
                    "-Dnode.port=" + port,
                    "-Dcounts.url=" + databaseUrl,
                    "-classpath",
                    home.resolve("bin/bootstrap.jar") + File.pathSeparator + home.resolve("bin/tomcat-juli.jar"),
                    "org.apache.catalina.startup.Bootstrap",
                    "start"));
            nodes.add(new Node(base, base.resolve("webapps"), command, Map.of(), port));
        }
        return nodes;
    }

    /** The same of WildFly. */
    static List<Node> wildflies(String databaseUrl, Path driver) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("wildfly.home"));
        Path prepared = emptied("wildfly");
        copy(home.resolve("standalone"), prepared);
        delete(home.resolve("modules/org"));
        Path script = Path.of(System.getProperty("cluster.directory"), "wildfly.cli");
        Files.writeString(
                script,
                resource("wildfly.cli")
                        .replace("${driver.jar}", driver.toString())
                        .replace("${counts.url}", databaseUrl));
        Process cli = process(
                        Path.of(System.getProperty("cluster.directory"), "wildfly-cli.log"),
                        List.of(home.resolve("bin/jboss-cli.sh").toString(), "--file=" + script),
                        Map.of(
                                "JAVA_HOME",
                                System.getProperty("java.home"),
                                "JAVA_OPTS",
                                String.join(" ", QUICK_START) + " -Djboss.server.base.dir=" + prepared))
                .start();
        if (cli.waitFor() != 0) {
            throw new IOException("jboss-cli.sh failed; see wildfly-cli.log");
        }
        List<Node> nodes = new ArrayList<>();
        for (int port : new int[] {18703, 18704}) {
            Path base = emptied("wildfly-" + port);
            copy(prepared, base);
            nodes.add(new Node(
                    base,
                    base.resolve("deployments"),
                    List.of(
                            home.resolve("bin/standalone.sh").toString(),
                            "-b=127.0.0.1",
                            "-bmanagement=127.0.0.1",
                            "-Djboss.server.base.dir=" + base,
                            "-Djboss.http.port=" + port,
                            "-Djboss.management.http.port=" + (port + 2),
                            "-Djboss.https.port=" + (port + 4)),
                    Map.of("JAVA_HOME", System.getProperty("java.home"), "JAVA_OPTS", String.join(" ", QUICK_START)),
                    port));
        }
        return nodes;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Path emptied(String name) throws IOException {
        Path directory = Path.of(System.getProperty("cluster.directory"), name);
        delete(directory);
        return Files.createDirectories(directory);
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(each, target);
                }
            }
        }
    }

    private static String resource(String name) throws IOException {
        try (var stream = Node.class.getResourceAsStream("/" + name)) {
            if (stream == null) {
                throw new IOException("no resource " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ProcessBuilder process(Path log, List<String> command, Map<String, String> environment) {
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process.environment().putAll(environment);
        return process;
    }

    int port() {
        return port;
    }

    Shop shop() {
        return shop;
    }

    /** Replaces one of its files at once, as an administrator does. */
    void write(String file, String text) throws IOException {
        Path written = Files.writeString(directory.resolve("written"), text);
        Files.move(written, path(file), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path path(String file) {
        return directory.resolve(file);
    }

    /** Where the server looks; while it runs it sees that there is another one. */
    void deploy(File war) throws IOException {
        Path copied = Files.copy(war.toPath(), directory.resolve("copied.war"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(copied, deployed, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Does not wait for it. */
    void begin() throws IOException {
        ProcessBuilder server = process(directory.resolve("printed.log"), command, environment);
        server.environment()
                .putAll(Map.of(
                        "LAUNCH_JBOSS_IN_BACKGROUND",
                        "true",
                        "LSAT_SECRET_FILE",
                        path("secret").toString(),
                        "LSAT_SECRET_PREVIOUS_FILE",
                        path("next") + "," + path("previous"),
                        "LSAT_REVOKED_FILE",
                        path("revoked").toString()));
        Process started = server.start();
        RUNNING.add(started);
        process = started;
    }

    /** Until the application serves. */
    void awaitServing() throws IOException, InterruptedException {
        awaitServing(FREE, "");
    }

    /** Until this path has this in it. */
    void awaitServing(String path, String content) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (System.nanoTime() < end) {
            Process running = process;
            if (running == null || !running.isAlive()) {
                throw new IOException(directory + " does not run; see printed.log there");
            }
            try {
                Answer answer = shop.get(path);
                if (answer.status() == 200 && answer.body().contains(content)) {
                    return;
                }
            } catch (IOException e) {
                // It does not listen yet.
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IOException(directory + " does not serve " + path + " with " + content + "; see printed.log there");
    }

    void start() throws IOException, InterruptedException {
        begin();
        awaitServing();
    }

    /** SIGKILL: without a word. */
    void kill() throws IOException, InterruptedException {
        Process running = process;
        process = null;
        if (running == null) {
            return;
        }
        destroy(running);
        if (!running.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
            throw new IOException(directory + " does not die");
        }
        RUNNING.remove(running);
    }

    /** WildFly's is started by a shell. */
    private static void destroy(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** How often its log has this. */
    int printed(String text) throws IOException {
        return Files.readString(directory.resolve("printed.log"), StandardCharsets.ISO_8859_1)
                        .split(text, -1)
                        .length
                - 1;
    }
}
