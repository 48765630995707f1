package org.lsat.invoice;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.lsat.InvoiceException;
import org.lsat.InvoiceSource;

/**
 * MicroProfile Health: ready means that the node could make an invoice now. No bean where the server has no such thing, see
 * {@link BackendInvoicesExtension}. While it is not ready, the application still serves whoever has paid.
 */
@Readiness
public class NodeHealth implements HealthCheck {

    private static final String NAME = "lsat-node";

    @Inject
    private Instance<InvoiceSource> invoices;

    /** For the container. */
    public NodeHealth() {}

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(NAME);
        try {
            if (invoices.isResolvable()) {
                invoices.get().check();
            }
            return response.up().build();
        } catch (InvoiceException e) {
            return response.down()
                    .withData("cause", String.valueOf(e.getMessage()))
                    .build();
        }
    }
}
