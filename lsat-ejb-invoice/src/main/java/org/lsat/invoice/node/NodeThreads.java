package org.lsat.invoice.node;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The threads that a backend works with. Ours, since they wait for a node as long as it takes, which a container's threads
 * must not. The time is kept by ours, too: WildFly keeps a cancelled task until it is due, and with it the class loader of an
 * application that has ended. None outlives the application. Thread-safe.
 */
public final class NodeThreads implements AutoCloseable {

    /** What they are called. */
    public static final String NAME = "lsat-node";

    private static final Duration MOMENT = Duration.ofMillis(500);
    private static final Duration JOIN = Duration.ofSeconds(2);

    private final Set<Thread> made = ConcurrentHashMap.newKeySet();
    private final ExecutorService calls = Executors.newCachedThreadPool(this::daemon);
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(this::daemon);

    private Thread daemon(Runnable task) {
        made.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
        Thread thread = new Thread(task, NAME);
        thread.setDaemon(true);
        made.add(thread);
        return thread;
    }

    /** As many as there are calls. */
    public ExecutorService calls() {
        return calls;
    }

    /**
     * Runs a task; after the end on the caller's thread. An HTTP client of the JDK whose tasks are rejected counts its
     * calls as under way, and its own thread never ends.
     */
    public void execute(Runnable task) {
        try {
            calls.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    /** For what is to happen later. */
    public ScheduledExecutorService timers() {
        return timers;
    }

    /**
     * Lets calls end that need but a moment (of one that is interrupted in the middle of a handshake the JDK's HTTP client may never
     * learn, and its thread stays), interrupts the others, and waits for the threads themselves: a container that finds one that
     * is just ending calls it a leak.
     */
    @Override
    public void close() {
        calls.shutdown();
        try {
            calls.awaitTermination(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
            calls.shutdownNow();
            timers.shutdownNow();
            long end = System.nanoTime() + JOIN.toNanos();
            for (Thread thread : made) {
                thread.join(
                        Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
            }
        } catch (InterruptedException e) {
            calls.shutdownNow();
            timers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
