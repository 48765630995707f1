package org.lsat.invoice;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanAttributes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBeanAttributes;
import org.lsat.InvoiceSource;

/**
 * Adds the bean {@link BackendInvoices} where the application has no {@link InvoiceSource} of its own, so that its own needs
 * no {@code @Alternative}.
 */
public class BackendInvoicesExtension implements Extension {

    private static final String HEALTH = "org.eclipse.microprofile.health.HealthCheck";

    private boolean applicationHasItsOwn;

    /** For the container. */
    public BackendInvoicesExtension() {}

    /** {@link NodeHealth} is added here, since a scan would fail on it where MicroProfile Health is absent. */
    void addHealth(@Observes BeforeBeanDiscovery discovery, BeanManager beans) {
        try {
            Class.forName(HEALTH, false, getClass().getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return;
        }
        discovery.addAnnotatedType(beans.createAnnotatedType(NodeHealth.class), NodeHealth.class.getName());
    }

    void veto(@Observes ProcessAnnotatedType<BackendInvoices> discovered) {
        discovered.veto();
    }

    void notice(@Observes ProcessBeanAttributes<?> enabled) {
        BeanAttributes<?> bean = enabled.getBeanAttributes();
        applicationHasItsOwn |= bean.getTypes().contains(InvoiceSource.class)
                && bean.getQualifiers().contains(Default.Literal.INSTANCE);
    }

    void add(@Observes AfterBeanDiscovery discovered, BeanManager beans) {
        if (!applicationHasItsOwn) {
            AnnotatedType<BackendInvoices> type = beans.createAnnotatedType(BackendInvoices.class);
            discovered.addBean(beans.createBean(
                    beans.createBeanAttributes(type), BackendInvoices.class, beans.getInjectionTargetFactory(type)));
        }
    }
}
