package org.lsat.servlet;

import jakarta.servlet.ServletContext;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lsat.ConfiguredBackend;
import org.lsat.InvoiceBackend;
import org.lsat.InvoiceSource;

/**
 * Opens and closes the backend that the configuration names, or finds the application's own {@link InvoiceSource}. The
 * opened backend is the context's attribute {@link #OPENED}, where a stand-in's own servlet finds it. Thread-safe.
 */
final class InvoiceOpener implements ConfiguredBackend {

    private static final System.Logger LOG = System.getLogger("org.lsat");

    /** The opened backend. */
    private static final String OPENED = InvoiceSource.class.getName();

    private final ServletContext context;
    private final Optional<InvoiceBackend.Opener> backend;
    private @Nullable InvoiceSource opened;
    private boolean closed;

    InvoiceOpener(ServletContext context, Optional<InvoiceBackend.Opener> backend) {
        this.context = context;
        this.backend = backend;
    }

    /**
     * Where the paywall gets its invoices: the application's own source, or the backend, through its CDI bean if there is
     * one.
     *
     * @throws IllegalStateException if the configuration asks for the one and the application has the other
     */
    InvoiceSource source(ApplicationServices services) {
        InvoiceSource found = services.find(InvoiceSource.class).orElse(null);
        // The backend's bean is there unless the application has one of its own; what it has may be a service.
        InvoiceSource own = found instanceof ConfiguredBackend.Delegate
                ? services.service(InvoiceSource.class).orElse(null)
                : found;
        if (own == null && backend.isEmpty()) {
            throw new IllegalStateException("lsat: lsat.backend = " + InvoiceBackend.APPLICATION + ": an "
                    + InvoiceSource.class.getName()
                    + " in the application, as a CDI bean or a service of ServiceLoader; or the name of a backend");
        }
        if (own != null && backend.isPresent()) {
            throw new IllegalStateException("lsat: lsat.backend names a backend, and the application has its own "
                    + InvoiceSource.class.getName() + ", " + own.getClass().getName() + "; set lsat.backend="
                    + InvoiceBackend.APPLICATION + " to use that, or take it away");
        }
        if (own != null) {
            return own;
        }
        return found instanceof ConfiguredBackend.Delegate delegate && delegate.delegateTo(this)
                ? found
                : open(() -> null);
    }

    @Override
    public synchronized InvoiceSource open(Supplier<@Nullable ScheduledExecutorService> threads) {
        InvoiceSource present = opened;
        if (present != null) {
            return present;
        }
        if (closed) {
            return NotRunning.INSTANCE;
        }
        InvoiceSource source = backend.orElseThrow(() -> new IllegalStateException(
                        "lsat: lsat.backend = " + InvoiceBackend.APPLICATION + " is no backend"))
                .open(threads.get());
        opened = source;
        context.setAttribute(OPENED, source);
        return source;
    }

    @Override
    public synchronized void close() {
        closed = true;
        context.removeAttribute(OPENED);
        if (opened instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) { // what close() declares
                LOG.log(System.Logger.Level.WARNING, "lsat: the backend did not close: " + e);
            }
        }
        opened = null;
    }
}
