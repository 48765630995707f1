package org.lsat.invoice.lnd;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The threads that gRPC works with. Ours, since one of them reads from the node's socket as long as the connection lasts,
 * which a container's thread must not; the time is kept by the container's where it gives some. None outlives the
 * application.
 */
final class Threads {

    static final String NAME = "lsat-lnd";

    private static final Duration JOIN = Duration.ofSeconds(2);

    private final Set<Thread> made = ConcurrentHashMap.newKeySet();
    private final ExecutorService calls = Executors.newCachedThreadPool(this::daemon);
    private final ScheduledExecutorService timers;
    private final boolean ownTimers;

    Threads(@Nullable ScheduledExecutorService containers) {
        this.ownTimers = containers == null;
        this.timers = containers != null ? containers : Executors.newSingleThreadScheduledExecutor(this::daemon);
    }

    private Thread daemon(Runnable task) {
        made.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
        Thread thread = new Thread(task, NAME);
        thread.setDaemon(true);
        made.add(thread);
        return thread;
    }

    ExecutorService calls() {
        return calls;
    }

    ScheduledExecutorService timers() {
        return timers;
    }

    /** Waits for the threads themselves: a container that finds one that is just ending calls it a leak. */
    void end() throws InterruptedException {
        calls.shutdownNow();
        if (ownTimers) {
            timers.shutdownNow();
        }
        long end = System.nanoTime() + JOIN.toNanos();
        for (Thread thread : made) {
            thread.join(Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
        }
    }
}
