package org.lsat.jaxrs;

import jakarta.ws.rs.core.Application;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes that an {@code Application} lists.
 *
 * @param classes empty where it lists none: then it has all that are found
 */
record ListedClasses(Set<Class<?>> classes) {

    /**
     * Asks an application made for this: Jakarta REST has not made its own yet, or keeps it for itself.
     *
     * @return empty where that does not answer, for example since it needs what is injected
     */
    static Optional<ListedClasses> of(String application, ClassLoader loader) {
        try {
            return Optional.of(of(Class.forName(application, true, loader)
                    .asSubclass(Application.class)
                    .getDeclaredConstructor()
                    .newInstance()));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("deprecation") // as long as servers take singletons
    private static ListedClasses of(Application application) {
        return new ListedClasses(Stream.concat(
                        application.getClasses().stream(),
                        application.getSingletons().stream().map(Object::getClass))
                .collect(Collectors.toUnmodifiableSet()));
    }

    boolean has(Class<?> type) {
        return classes.isEmpty() || classes.stream().anyMatch(type::isAssignableFrom);
    }
}
