package org.lsat.invoice.lnd;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The link to LND that is in use. It is made anew when it was discarded, so that the next call tries at once, and when
 * certificate or macaroon change on disk. Thread-safe.
 *
 * @param <L> a connection, or some; one is another than the next: no value
 */
public final class LndLinks<L> {

    private static final System.Logger LOG = System.getLogger("org.lsat");
    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long COMPLAIN_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final WatchedFile certificate;
    private final WatchedFile macaroon;
    private final Opener<L> opener;
    private final Consumer<L> retire;
    private final AtomicLong nextLook = new AtomicLong(System.nanoTime());
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable L link;

    /** Guarded by the lock, as is what follows. */
    private String complaint = "";

    private long complainedAt;
    private Set<String> warnedOf = Set.of();
    private volatile boolean closed;

    /** Makes a link. */
    @FunctionalInterface
    public interface Opener<L> {

        /** Connects at the first call; {@code tls}: trusts the node only. */
        L open(SSLContext tls, NodeMacaroon macaroon);
    }

    /** {@code retire}: ends a link that was replaced, and may have calls yet to end; called by one thread at a time. */
    public LndLinks(LndSettings settings, Opener<L> opener, Consumer<L> retire) {
        this.certificate = new WatchedFile(settings.certificate());
        this.macaroon = new WatchedFile(settings.macaroon());
        this.opener = opener;
        this.retire = retire;
    }

    /**
     * The present link.
     *
     * @throws IOException if there is none, and certificate or macaroon cannot be read; or after the end
     */
    public L link() throws IOException {
        lookAtFiles();
        L present = link;
        return present != null ? present : connect();
    }

    /** Throws a link away that failed, unless somebody did so before. */
    public void discard(L failed) {
        lock.lock();
        try {
            if (link == failed) {
                link = null;
                retire.accept(failed);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether there will be no link any more. */
    public boolean isClosed() {
        return closed;
    }

    private L connect() throws IOException {
        lock.lock();
        try {
            L present = link;
            if (present != null) {
                return present;
            }
            L made = open();
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
        L present = link;
        if (present == null || !(certificate.changed() || macaroon.changed())) {
            return;
        }
        lock.lock();
        try {
            if (link == present) {
                link = open();
                retire.accept(present);
                LOG.log(System.Logger.Level.INFO, "lsat: read again: lsat.lnd.cert or lsat.lnd.macaroon has changed");
            }
        } catch (IOException e) {
            // Neither is in use: also the one that is good is to be read again, as soon as the other one is.
            certificate.forget();
            macaroon.forget();
            complain(String.valueOf(e.getMessage()), now);
        } finally {
            lock.unlock();
        }
    }

    /** The same at most once a minute. */
    private void complain(String why, long now) {
        if (!why.equals(complaint) || now - complainedAt >= COMPLAIN_EVERY_NANOS) {
            complaint = why;
            complainedAt = now;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "lsat: lsat.lnd.cert or lsat.lnd.macaroon has changed and cannot be used; what was read before is"
                            + " used on: " + why);
        }
    }

    private L open() throws IOException {
        if (closed) {
            throw new IOException("the application has stopped");
        }
        NodeMacaroon key = NodeMacaroon.read(macaroon.read());
        warnOf(key);
        try {
            return opener.open(PinnedTls.of(certificate.read()), key);
        } catch (GeneralSecurityException e) {
            throw new WrongContentException(certificate.path() + ": " + e.getMessage());
        }
    }

    /** Once of each macaroon, also of one that comes later. */
    private void warnOf(NodeMacaroon key) {
        Set<String> superfluous = key.superfluous();
        if (!superfluous.isEmpty() && !superfluous.equals(warnedOf)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "lsat: lsat.lnd.macaroon may do more than make invoices and look them up: "
                            + String.join(", ", superfluous)
                            + ". Whoever reads this server's files may do so, too; bake one as docs/lnd.md says");
        }
        warnedOf = superfluous;
    }

    /** No link is made any more; answers the last one, which is not retired. A second call answers none. */
    public Optional<L> close() {
        lock.lock();
        try {
            closed = true;
            L last = link;
            link = null;
            return Optional.ofNullable(last);
        } finally {
            lock.unlock();
        }
    }
}
