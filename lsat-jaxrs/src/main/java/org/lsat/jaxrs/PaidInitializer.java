package org.lsat.jaxrs;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lsat.servlet.LsatInitializer;
import org.lsat.servlet.MatchedGate;

/**
 * Reads what annotations say of rules, and stops the deployment where one stands in a place, or in an application, in which no
 * gate would see it. Without annotated classes it needs no Jakarta REST; there may not be an old one.
 */
@HandlesTypes({Paid.class, Free.class})
public final class PaidInitializer implements ServletContainerInitializer {

    /** Called by the container; public because {@link java.util.ServiceLoader} wants it so. */
    public PaidInitializer() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        List<AnnotatedElements> annotated = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        if (classes != null) {
            classes.stream().sorted(Comparator.comparing(Class::getName)).forEach(type -> {
                try {
                    annotated.add(AnnotatedElements.of(type));
                } catch (LinkageError e) {
                    faults.add(type.getName() + " is annotated and cannot be read: " + e);
                }
            });
        }
        ClassLoader loader = context.getClassLoader();
        RestRuntime.tooOld(loader).ifPresent(faults::add);
        if (annotated.stream().anyMatch(AnnotatedElements::isPriced)) {
            faults.addAll(RestRuntime.faults(loader));
            annotated.forEach(element -> faults.addAll(element.contradictions()));
        }
        // What cannot be a resource is not looked at where there is no Jakarta REST.
        if (faults.isEmpty() && RestRuntime.isPresent(loader)) {
            annotated.forEach(element -> faults.addAll(PlacementCheck.faults(element)));
        }
        if (!faults.isEmpty()) {
            // Unchecked: of a ServletException Open Liberty makes a warning, and serves the application all the same.
            throw new IllegalStateException(
                    "lsat: annotations that no gate would see:\n  " + String.join("\n  ", faults));
        }
        LsatInitializer.begin(
                context,
                annotated.stream().flatMap(element -> element.rules().stream()).toList());
        List<Class<?>> types =
                annotated.stream().<Class<?>>map(AnnotatedElements::type).toList();
        AnnotatedTypes.of(types).keepIn(context);
        if (annotated.stream().anyMatch(AnnotatedElements::isPriced)) {
            MatchedGate.checkAtStart(context, new ServletCheck(context));
            MatchedGate.checkAtStart(context, new ConflictCheck(context, types));
        }
    }
}
