package org.lsat.invoice;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;
import org.lsat.ConfiguredBackend;

/**
 * The enterprise bean that a backend lives in: it gives the backend the container's threads, and closes it when the
 * application ends. Where there are no enterprise beans this is an ordinary class, and the servlet filter's listener closes
 * the backend. Some servers start it before the web application that has the configuration, so a backend comes to it.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class InvoiceLifecycle {

    private static final String THREADS = "java:comp/DefaultManagedScheduledExecutorService";

    private final Set<ConfiguredBackend> backends = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ScheduledExecutorService threads;

    /** For the container. */
    public InvoiceLifecycle() {}

    @PostConstruct
    void start() {
        threads = containersThreads();
    }

    /**
     * Takes a backend over until the application ends.
     *
     * @return the container's threads; {@code null} where it has none to give
     */
    public @Nullable ScheduledExecutorService adopt(ConfiguredBackend backend) {
        backends.add(backend);
        return threads;
    }

    @PreDestroy
    void stop() {
        backends.forEach(ConfiguredBackend::close);
        backends.clear();
    }

    @SuppressWarnings("BanJNDI") // The name is a constant, and the directory the container's own.
    private static @Nullable ScheduledExecutorService containersThreads() {
        try {
            return InitialContext.doLookup(THREADS) instanceof ScheduledExecutorService found ? found : null;
        } catch (NamingException e) {
            // No Jakarta Concurrency here.
            return null;
        }
    }
}
