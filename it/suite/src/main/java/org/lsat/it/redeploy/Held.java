package org.lsat.it.redeploy;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Requests that this application holds until it lets them all go; each deployment has its own. */
final class Held {

    private static final System.Logger LOG = System.getLogger("org.lsat.it");
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final CountDownLatch RELEASED = new CountDownLatch(1);
    private static final Queue<Runnable> ANSWERS = new ConcurrentLinkedQueue<>();

    private Held() {}

    static int count() {
        return COUNT.get();
    }

    /** Holds the calling thread; at most for as long as a client waits. */
    static void here() {
        COUNT.incrementAndGet();
        atMost(10_000);
    }

    /** Holds no thread: it is answered by another one. Not after {@link #releaseIn}. */
    static void answer(Runnable answer) {
        ANSWERS.add(answer);
        COUNT.incrementAndGet();
    }

    /** By a thread that ends with it: one of the JDK's would keep the class loader of the application that woke it first. */
    static void releaseIn(long millis) {
        new Thread(() -> release(millis), "application").start();
    }

    private static void release(long millis) {
        atMost(millis);
        RELEASED.countDown();
        for (@Nullable Runnable answer = ANSWERS.poll(); answer != null; answer = ANSWERS.poll()) {
            try {
                answer.run();
            } catch (RuntimeException e) {
                // The container has none of its services left for this one; the others still want their answer.
                LOG.log(System.Logger.Level.INFO, "not answered: " + e);
            }
        }
    }

    static void atMost(long millis) {
        try {
            RELEASED.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
