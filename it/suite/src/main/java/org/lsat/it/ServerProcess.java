package org.lsat.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The virtual machine of the server, as the JDK's {@code jcmd} sees it. */
record ServerProcess(long pid) {

    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(20);

    /** An idle thread of a server, which may hold one, ends sooner. */
    private static final long STILL_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Asks the application: some servers start a process of their own. */
    static ServerProcess of(Shop shop) throws IOException {
        return new ServerProcess(Long.parseLong(shop.get("/pid").body().strip()));
    }

    /**
     * How many class loaders are alive that loaded a class of this name, once nothing more of them is collected.
     *
     * @param type no interface
     */
    long settledClassLoadersWith(Class<?> type) throws IOException {
        long end = System.nanoTime() + MOST_NANOS;
        long alive = classLoadersWith(type);
        long since = System.nanoTime();
        while (System.nanoTime() - since < STILL_NANOS && System.nanoTime() < end) {
            long now = classLoadersWith(type);
            if (now != alive) {
                alive = now;
                since = System.nanoTime();
            }
        }
        return alive;
    }

    /** The same number; where it does not come down to {@code most}, after 20 seconds. */
    long awaitClassLoadersWith(Class<?> type, long most) throws IOException {
        long end = System.nanoTime() + MOST_NANOS;
        long alive = classLoadersWith(type);
        while (alive > most && System.nanoTime() < end) {
            alive = classLoadersWith(type);
        }
        return alive;
    }

    private long classLoadersWith(Class<?> type) throws IOException {
        jcmd("GC.run");
        // A line for each, with the address of what belongs to its class loader.
        return jcmd("VM.class_hierarchy", type.getName())
                .lines()
                .filter(line -> line.contains("--" + type.getName() + "/0x"))
                .count();
    }

    /** Names and stacks of all threads. */
    String threads() throws IOException {
        return jcmd("Thread.print");
    }

    String jcmd(String... command) throws IOException {
        List<String> whole = new ArrayList<>();
        whole.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        whole.add(String.valueOf(pid));
        whole.addAll(List.of(command));
        Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(whole + ": " + said);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return said;
    }
}
