package org.lsat.invoice.lnd;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The channel to LND. One that failed is thrown away, so that the next call tries at once: gRPC itself would wait longer and
 * longer, up to two minutes, while the node is back already. It is also made anew when certificate or macaroon change on
 * disk. Thread-safe.
 */
final class LndConnection implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("org.lsat");

    /** LND allows one ping in 5 s, and none without a call (keepalive options in sample-lnd.conf). */
    private static final int KEEP_ALIVE_SECONDS = 10;

    private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 5;

    /** Shorter than a firewall forgets a silent connection; a new one costs some 5 ms. */
    private static final int IDLE_MINUTES = 1;

    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int CLOSE_SECONDS = 2;

    private final LndSettings settings;
    private final WatchedFile certificate;
    private final WatchedFile macaroon;
    private final Threads threads;
    private final AtomicLong nextLook = new AtomicLong(System.nanoTime());
    private final ReentrantLock lock = new ReentrantLock();

    /** Those that were replaced, and may have calls yet to end. */
    private final List<Link> retired = new ArrayList<>();

    private volatile @Nullable Link link;
    private volatile boolean closed;

    /** A channel that carries the macaroon. One is another than the next: no value. */
    static final class Link {

        private final ManagedChannel managed;
        private final Sockets sockets;
        private final Channel channel;
        private final Set<String> superfluous;
        private @Nullable Future<?> end;

        private Link(ManagedChannel managed, Sockets sockets, NodeMacaroon macaroon) {
            this.managed = managed;
            this.sockets = sockets;
            this.channel = macaroon.on(managed);
            this.superfluous = macaroon.superfluous();
        }

        Channel channel() {
            return channel;
        }

        /** See {@link NodeMacaroon#superfluous}. */
        Set<String> superfluous() {
            return superfluous;
        }

        private void retire(Threads threads, Duration callsLast) {
            managed.shutdown();
            end = threads.timers().schedule(this::end, callsLast.toNanos(), TimeUnit.NANOSECONDS);
        }

        private void end() {
            if (end != null) {
                end.cancel(false);
            }
            managed.shutdownNow();
            sockets.close();
        }
    }

    /** Connects at the first call. {@code containersThreads} keep the time; {@code null} for a thread of our own. */
    LndConnection(LndSettings settings, @Nullable ScheduledExecutorService containersThreads) {
        this.settings = settings;
        this.certificate = new WatchedFile(settings.certificate());
        this.macaroon = new WatchedFile(settings.macaroon());
        this.threads = new Threads(containersThreads);
    }

    /**
     * The present channel.
     *
     * @throws IOException if there is none, and certificate or macaroon cannot be read; or after the end
     */
    Link link() throws IOException {
        lookAtFiles();
        Link present = link;
        return present != null ? present : connect();
    }

    /** Throws a channel away that failed, unless somebody did so before. */
    void discard(Link failed) {
        lock.lock();
        try {
            if (link == failed) {
                link = null;
                retire(failed);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the application has stopped. */
    boolean isClosed() {
        return closed;
    }

    /** Runs a task of ours. */
    void execute(Runnable task) {
        threads.calls().execute(task);
    }

    private Link connect() throws IOException {
        lock.lock();
        try {
            Link present = link;
            if (present != null) {
                return present;
            }
            Link made = open();
            link = made;
            return made;
        } finally {
            lock.unlock();
        }
    }

    /** At most once a second: two questions to the file system. Files half written are read again when they are whole. */
    private void lookAtFiles() {
        long now = System.nanoTime();
        long due = nextLook.get();
        if (now - due < 0 || !nextLook.compareAndSet(due, now + LOOK_EVERY_NANOS)) {
            return;
        }
        Link present = link;
        if (present == null || !(certificate.changed() || macaroon.changed())) {
            return;
        }
        lock.lock();
        try {
            if (link == present) {
                link = open();
                retire(present);
                LOG.log(System.Logger.Level.INFO, "lsat: read again: lsat.lnd.cert or lsat.lnd.macaroon has changed");
            }
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "lsat: lsat.lnd.cert or lsat.lnd.macaroon has changed and cannot be used; what was read before is"
                            + " used on: " + e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private Link open() throws IOException {
        if (closed) {
            throw new IOException("the application has stopped");
        }
        NodeMacaroon key = NodeMacaroon.read(macaroon.read());
        OkHttpChannelBuilder builder = OkHttpChannelBuilder.forAddress(settings.host(), settings.port());
        try {
            builder.sslSocketFactory(PinnedTls.of(certificate.read()));
        } catch (GeneralSecurityException e) {
            throw new WrongContentException(certificate.path() + ": " + e.getMessage());
        }
        settings.authority().ifPresent(builder::overrideAuthority);
        // The certificate itself is known: nothing is left for its names to prove.
        builder.hostnameVerifier((name, session) -> true);
        Sockets sockets = new Sockets(settings.deadline());
        ManagedChannel managed = builder.socketFactory(sockets)
                .executor(threads.calls())
                .offloadExecutor(threads.calls())
                .transportExecutor(threads.calls())
                .scheduledExecutorService(threads.timers())
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .keepAliveWithoutCalls(false)
                .idleTimeout(IDLE_MINUTES, TimeUnit.MINUTES)
                .disableServiceConfigLookUp()
                .build();
        return new Link(managed, sockets, key);
    }

    /** Calls under way may end, by their own deadlines: see {@link LndSettings#callDeadline}. */
    private void retire(Link old) {
        retired.removeIf(one -> one.managed.isTerminated());
        retired.add(old);
        old.retire(threads, settings.callDeadline());
    }

    @Override
    public void close() {
        // Not under the lock while it waits: a call that fails now wants to discard its channel.
        try {
            for (Link link : shutDown()) {
                link.managed.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            }
            threads.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Link> shutDown() {
        lock.lock();
        try {
            closed = true;
            Link present = link;
            link = null;
            if (present != null) {
                retired.add(present);
            }
            retired.forEach(Link::end);
            return List.copyOf(retired);
        } finally {
            lock.unlock();
        }
    }
}
