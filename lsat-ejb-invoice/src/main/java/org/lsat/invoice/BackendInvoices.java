package org.lsat.invoice;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.lsat.ConfiguredBackend;
import org.lsat.Invoice;
import org.lsat.InvoiceException;
import org.lsat.InvoiceRequest;

/**
 * The CDI bean that creates invoices: it asks the backend that {@code lsat.backend} names, and opens it at the first call. It
 * is there unless the application has an {@link org.lsat.InvoiceSource} bean of its own; see {@link BackendInvoicesExtension}.
 */
@ApplicationScoped
public class BackendInvoices implements ConfiguredBackend.Delegate {

    private static final Duration RETRY = Duration.ofSeconds(5);

    /** A proxy: several web applications may share this bean where the JAR is in an EAR's library. */
    @Inject
    private ServletContext context;

    /** Empty where there are no enterprise beans. */
    @Inject
    private Instance<InvoiceLifecycle> lifecycle;

    /** For the container. */
    public BackendInvoices() {}

    @Override
    public Invoice create(InvoiceRequest request) throws InvoiceException {
        ConfiguredBackend backend = configured()
                .orElseThrow(() -> new InvoiceException("the paywall of this application is not running", RETRY));
        return backend.open(() -> threads(backend)).create(request);
    }

    @Override
    public Optional<StandIn> standIn() {
        return configured().flatMap(backend -> backend.open(() -> threads(backend)).standIn());
    }

    private Optional<ConfiguredBackend> configured() {
        return context.getAttribute(ConfiguredBackend.ATTRIBUTE) instanceof ConfiguredBackend backend
                ? Optional.of(backend)
                : Optional.empty();
    }

    private @Nullable ScheduledExecutorService threads(ConfiguredBackend backend) {
        return lifecycle.isResolvable() ? lifecycle.get().adopt(backend) : null;
    }
}
