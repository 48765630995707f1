package org.lsat.it.regtest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A process of ours that ends with this JVM at the latest. */
final class Daemon {

    private static final int SECONDS_TO_STOP = 30;
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Daemon::destroyAll)));
    }

    private final String name;
    private final Path log;
    private final Process process;

    private Daemon(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** Starts one; {@code log}: what it prints is added there. */
    static Daemon start(String name, Path log, ProcessBuilder command) throws IOException {
        Process process = command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        RUNNING.add(process);
        return new Daemon(name, log, process);
    }

    static Daemon start(String name, Path log, List<String> command) throws IOException {
        return start(name, log, new ProcessBuilder(command));
    }

    long pid() {
        return process.pid();
    }

    /** Fails where it has ended by itself, so that nobody waits for it in vain. */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new AssertionError(name + " ended with " + process.exitValue() + "; see " + log);
        }
    }

    /** Stops it from running, as if its machine were overloaded or gone. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new AssertionError("kill -" + signal + " of " + name + " failed");
        }
    }

    /** Without a word. */
    void kill() throws InterruptedException {
        destroyAll(process);
        awaitEnd();
    }

    /** As an administrator stops it. */
    void stop() throws InterruptedException {
        process.destroy();
        awaitEnd();
    }

    /** Also what it started: a shell script may be in between. */
    private static void destroyAll(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void awaitEnd() throws InterruptedException {
        if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
            destroyAll(process);
            throw new AssertionError(name + " does not stop; see " + log);
        }
        RUNNING.remove(process);
    }
}
