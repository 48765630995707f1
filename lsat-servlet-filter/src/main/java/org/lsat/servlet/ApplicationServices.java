package org.lsat.servlet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** What the application itself provides: a CDI bean, else a service of {@link ServiceLoader}; never one of two. */
final class ApplicationServices {

    private final ClassLoader loader;

    ApplicationServices(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Finds it.
     *
     * @throws IllegalStateException if there are two of the same kind
     */
    <T> Optional<T> find(Class<T> type) {
        return CdiBeans.find(type).or(() -> service(type));
    }

    /**
     * Finds it among the services only.
     *
     * @throws IllegalStateException if there are two
     */
    <T> Optional<T> service(Class<T> type) {
        List<T> services = new ArrayList<>();
        ServiceLoader.load(type, loader).forEach(services::add);
        if (services.size() > 1) {
            throw new IllegalStateException("the application has several services of type " + type.getName() + ": "
                    + services.stream()
                            .map(service -> service.getClass().getName())
                            .toList() + "; leave one");
        }
        return services.stream().findFirst();
    }
}
