package org.lsat.jaxrs;

import jakarta.servlet.ServletContext;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The annotated classes and interfaces of an application, for resources that do not tell their class: a proxy that a
 * container makes of interfaces may stand for any class that implements them. Where one of those says something that cannot
 * be seen from outside, nobody knows the price.
 */
final class AnnotatedTypes {

    private static final String ATTRIBUTE = "org.lsat.jaxrs.AnnotatedTypes";

    /** Null where no initializer ran, and nobody looked for them. */
    private final @Nullable List<Class<?>> types;

    private AnnotatedTypes(@Nullable List<Class<?>> types) {
        this.types = types;
    }

    static AnnotatedTypes of(List<Class<?>> types) {
        return new AnnotatedTypes(List.copyOf(types));
    }

    /** Those that {@link #keepIn} kept. */
    static AnnotatedTypes in(@Nullable ServletContext context) {
        return context != null && context.getAttribute(ATTRIBUTE) instanceof AnnotatedTypes kept
                ? kept
                : new AnnotatedTypes(null);
    }

    void keepIn(ServletContext context) {
        context.setAttribute(ATTRIBUTE, this);
    }

    /**
     * What is said, all in all, of a resource of a class that may be that of a proxy.
     *
     * @param seen what is said of the class itself
     * @param of what is said of another class in its place
     * @return {@code seen}, or a contradiction
     */
    Terms behind(Class<?> resource, Terms seen, Function<Class<?>, Terms> of) {
        if (tellsItsClass(resource)) {
            return seen;
        }
        List<Class<?>> known = types;
        if (known == null) {
            return seen.isSilent() ? unseen(resource, "an annotated class that no initializer looked for") : seen;
        }
        return Stream.concat(
                        known.stream().filter(type -> implementsSome(type, resource)),
                        seen.isSilent()
                                ? known.stream().filter(type -> Modifier.isAbstract(type.getModifiers()))
                                : Stream.empty())
                .filter(type -> !type.isAssignableFrom(resource))
                .flatMap(type -> unseen(of.apply(type), seen, type, resource))
                .findFirst()
                .orElse(seen);
    }

    private static Stream<Terms> unseen(Terms said, Terms seen, Class<?> type, Class<?> resource) {
        return said.isSilent() || said.equals(seen)
                ? Stream.empty()
                : Stream.of(unseen(resource, type.getName() + ", of which is said " + said));
    }

    private static Terms unseen(Class<?> resource, String behind) {
        return Terms.contradictory("what answers is a proxy, of " + resource
                + ", that does not tell whether behind it is " + behind + ": let "
                + written(resource)
                        .filter(type -> new RestAnnotations(type).isResource())
                        .map(Class::getName)
                        .findFirst()
                        .orElse("its interface")
                + " say the same, or the server know the resource by its class");
    }

    /** As a class behind the proxy does; but what has none of its interfaces may be inherited by one that has. */
    private static boolean implementsSome(Class<?> type, Class<?> resource) {
        return written(resource).anyMatch(each -> each.isAssignableFrom(type));
    }

    /** Whether a resource is of this class, or of one made to look like it; not so of interfaces and abstract classes. */
    static boolean tellsItsClass(Class<?> resource) {
        Class<?> written = resource;
        while (written != null && isGenerated(written)) {
            written = written.getSuperclass();
        }
        // The superclass of a proxy may be the container's own.
        return written != null
                && !Modifier.isAbstract(written.getModifiers())
                && (written == resource || new RestAnnotations(written).isResource());
    }

    /** Of what it inherits from, that which people wrote, and not those of Java. */
    private static Stream<Class<?>> written(Class<?> resource) {
        Hierarchy hierarchy = new Hierarchy(resource);
        return Stream.concat(hierarchy.classes().stream(), hierarchy.interfaces().stream())
                .filter(type -> !isGenerated(type) && !type.getName().matches("(java|javax|jakarta)\\..*"));
    }

    /** A class that was made at run time has no file. */
    private static boolean isGenerated(Class<?> type) {
        String name = type.getName();
        return type.getResource(name.substring(name.lastIndexOf('.') + 1) + ".class") == null;
    }
}
