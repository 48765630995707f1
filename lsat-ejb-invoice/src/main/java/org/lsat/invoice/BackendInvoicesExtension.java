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

    private static final String HEALTH = "org.eclipse.microprofile.health.HealthCheck";

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
            add(BackendInvoices.class, discovered, beans);
        }
        if (hasHealth()) {
            add(NodeHealth.class, discovered, beans);
        }
    }

    /** A scan would fail on {@link NodeHealth} where MicroProfile Health is absent. */
    private boolean hasHealth() {
        try {
            Class.forName(HEALTH, false, getClass().getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** As a bean: on Payara, what is added as an annotated type does not see the beans that are added. */
    private static <T> void add(Class<T> bean, AfterBeanDiscovery discovered, BeanManager beans) {
        AnnotatedType<T> type = beans.createAnnotatedType(bean);
        discovered.addBean(
                beans.createBean(beans.createBeanAttributes(type), bean, beans.getInjectionTargetFactory(type)));
    }
}
