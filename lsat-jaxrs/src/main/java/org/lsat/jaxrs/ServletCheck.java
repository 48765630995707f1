package org.lsat.jaxrs;

import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refuses to start an application with a servlet that inherits an annotation, from an interface, say: no gate would see it.
 * On what is a servlet itself, {@link PlacementCheck} finds it before.
 */
final class ServletCheck implements Runnable {

    private final ServletContext context;

    /**
     * A check.
     *
     * @param context as an initializer gets it: that of a listener's event does not tell which servlets there are
     */
    ServletCheck(ServletContext context) {
        this.context = context;
    }

    @Override
    public void run() {
        List<String> faults = context.getServletRegistrations().values().stream()
                .flatMap(servlet -> type(servlet.getClassName()).stream())
                .flatMap(type -> fault(type).stream())
                .distinct()
                .toList();
        if (!faults.isEmpty()) {
            throw new IllegalStateException(
                    "lsat: annotations that no gate would see:\n  " + String.join("\n  ", faults));
        }
    }

    private static Optional<String> fault(Class<?> type) {
        Terms inherited = ResourceTerms.ofClass(type);
        return inherited.needsGate()
                ? Optional.of(inherited + ", which the servlet " + type.getName()
                        + " inherits: no annotation prices a servlet; price its path: "
                        + PlacementCheck.pathInstead(inherited))
                : Optional.empty();
    }

    /** Empty where the server has no class for it, as for a JSP, or one of its own that this application does not see. */
    private Optional<Class<?>> type(@Nullable String name) {
        if (name == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Class.forName(name, false, context.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }
}
