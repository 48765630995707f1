package org.lsat;

import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The backend of one application as {@code lsat.backend} configures it. Thread-safe. */
public interface ConfiguredBackend extends AutoCloseable {

    /**
     * Opens it, once: later calls return the same source, and do not ask for threads.
     *
     * @param threads see {@link InvoiceBackend.Opener}; asked at most once
     * @return after the end, a source that has no invoice to give
     * @throws IllegalStateException if the invoices are the application's own
     */
    InvoiceSource open(Supplier<@Nullable ScheduledExecutorService> threads);

    /** Closes what was opened; nothing is opened any more. A second call does nothing. */
    @Override
    void close();

    /**
     * An {@link InvoiceSource} that asks the backend which the configuration names, and so is not the application's own: the
     * CDI bean of lsat-ejb-invoice. Also its proxies are of this type.
     */
    interface Delegate extends InvoiceSource {

        /**
         * Asks this backend from now on.
         *
         * @return false if it asks that of another application, with which it is shared
         */
        boolean delegateTo(ConfiguredBackend backend);
    }
}
