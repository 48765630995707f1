package org.lsat.invoice;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanAttributes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBeanAttributes;
import org.lsat.InvoiceSource;

/**
 * Adds the bean {@link BackendInvoices} where the application has no {@link InvoiceSource} of its own, so that its own needs
 * no {@code @Alternative}.
 */
public class BackendInvoicesExtension implements Extension {

    private boolean applicationHasItsOwn;

    /** For the container. */
    public BackendInvoicesExtension() {}

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
