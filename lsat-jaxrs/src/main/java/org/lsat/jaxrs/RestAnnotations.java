package org.lsat.jaxrs;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What Jakarta REST's own annotations make of a class; to be loaded only where there is Jakarta REST. */
final class RestAnnotations {

    private final Class<?> type;
    private final Hierarchy hierarchy;

    RestAnnotations(Class<?> type) {
        this.type = type;
        this.hierarchy = new Hierarchy(type);
    }

    /** Whether requests can reach it: by a path of its own, or as a sub-resource. */
    boolean isResource() {
        return path().isPresent()
                || types().flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
                        .anyMatch(method -> httpMethod(method).isPresent() || method.isAnnotationPresent(Path.class));
    }

    /** Whether it is for others to extend or to implement, so that they may be resources. */
    boolean isToBeExtended() {
        return Modifier.isAbstract(type.getModifiers()) && !type.isAnnotation();
    }

    /** The template of the class. */
    Optional<String> path() {
        return types().map(RestAnnotations::path).flatMap(Optional::stream).findFirst();
    }

    /** The template of a method. */
    Optional<String> path(Method method) {
        return first(method, RestAnnotations::path);
    }

    /** The method of HTTP that a method answers; a sub-resource locator has none. */
    Optional<String> method(Method method) {
        return first(method, RestAnnotations::httpMethod);
    }

    private Stream<Class<?>> types() {
        return Stream.concat(hierarchy.classes().stream(), hierarchy.interfaces().stream());
    }

    private Optional<String> first(Method method, Function<AnnotatedElement, Optional<String>> of) {
        List<Method> same =
                types().flatMap(each -> hierarchy.same(method, each).stream()).toList();
        return same.stream().map(of).flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> path(AnnotatedElement element) {
        return Optional.ofNullable(element.getDeclaredAnnotation(Path.class)).map(Path::value);
    }

    private static Optional<String> httpMethod(AnnotatedElement element) {
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            HttpMethod method = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (method != null) {
                return Optional.of(method.value());
            }
        }
        return Optional.empty();
    }
}
