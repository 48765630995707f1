package org.lsat.invoice;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.lsat.ConfiguredBackend;
import org.lsat.Invoice;
import org.lsat.InvoiceException;
import org.lsat.InvoiceRequest;
import org.lsat.InvoiceSource;
import org.lsat.protocol.PaymentHash;

/**
 * The CDI bean that creates invoices: it asks the backend that {@code lsat.backend} names, and opens it at the first call. It
 * is there unless the application has an {@link InvoiceSource} bean of its own; see {@link BackendInvoicesExtension}.
 */
@ApplicationScoped
public class BackendInvoices implements ConfiguredBackend.Delegate {

    private static final Duration RETRY = Duration.ofSeconds(5);

    /** Empty where there are no enterprise beans. */
    @Inject
    private Instance<InvoiceLifecycle> lifecycle;

    private final AtomicReference<@Nullable ConfiguredBackend> configured = new AtomicReference<>();

    /** For the container. */
    public BackendInvoices() {}

    @Override
    public boolean delegateTo(ConfiguredBackend backend) {
        return configured.compareAndSet(null, backend) || configured.get() == backend;
    }

    @Override
    public Invoice create(InvoiceRequest request) throws InvoiceException {
        return source().create(request);
    }

    @Override
    public boolean tellsSettlement() {
        return opened().map(InvoiceSource::tellsSettlement).orElse(false);
    }

    @Override
    public boolean isSettled(PaymentHash payment) throws InvoiceException {
        return source().isSettled(payment);
    }

    /** {@inheritDoc} There is nothing to find fault with where no backend is asked: the paywall is off, or has another source. */
    @Override
    public void check() throws InvoiceException {
        Optional<InvoiceSource> source = opened();
        if (source.isPresent()) {
            source.get().check();
        }
    }

    @Override
    public Optional<StandIn> standIn() {
        return opened().flatMap(InvoiceSource::standIn);
    }

    private InvoiceSource source() throws InvoiceException {
        return opened().orElseThrow(
                        () -> new InvoiceException("the paywall of this application has not started", RETRY));
    }

    private Optional<InvoiceSource> opened() {
        return Optional.ofNullable(configured.get()).map(backend -> backend.open(() -> threadsFor(backend)));
    }

    private @Nullable ScheduledExecutorService threadsFor(ConfiguredBackend backend) {
        return lifecycle.isResolvable() ? lifecycle.get().adopt(backend) : null;
    }
}
