package org.lsat.jaxrs;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A class with all that it inherits from, and what its methods override there. Proxies that a container makes are
 * subclasses, or implement the interfaces, so that what stands on the application's own class is found.
 */
final class Hierarchy {

    /** The class itself first. */
    private final List<Class<?>> classes = new ArrayList<>();

    private final Set<Class<?>> interfaces = new LinkedHashSet<>();
    private final Map<TypeVariable<?>, Type> bindings = new HashMap<>();

    Hierarchy(Class<?> type) {
        if (type.isInterface()) {
            addInterface(type);
        }
        for (Class<?> each = type;
                each != null && each != Object.class && !each.isInterface();
                each = each.getSuperclass()) {
            classes.add(each);
            bind(each.getGenericSuperclass());
        }
        for (Class<?> each : classes) {
            addInterfaces(each);
        }
    }

    /** The class, its superclass and so on; without {@link Object}. */
    List<Class<?>> classes() {
        return classes;
    }

    /** All interfaces, the nearest first. */
    Set<Class<?>> interfaces() {
        return interfaces;
    }

    private void addInterfaces(Class<?> type) {
        Arrays.stream(type.getGenericInterfaces()).forEach(this::bind);
        Arrays.stream(type.getInterfaces()).forEach(this::addInterface);
    }

    private void addInterface(Class<?> type) {
        if (interfaces.add(type)) {
            addInterfaces(type);
        }
    }

    private void bind(@Nullable Type inherited) {
        if (inherited instanceof ParameterizedType parameterized
                && parameterized.getRawType() instanceof Class<?> raw) {
            TypeVariable<?>[] variables = raw.getTypeParameters();
            for (int i = 0; i < variables.length; i++) {
                bindings.put(variables[i], parameterized.getActualTypeArguments()[i]);
            }
        }
    }

    /** The methods of {@code type}, one of these classes or interfaces, that are {@code method} or that it overrides. */
    List<Method> same(Method method, Class<?> type) {
        List<Class<?>> parameters = parameters(unbridged(method));
        return Arrays.stream(type.getDeclaredMethods())
                .filter(other -> other.getName().equals(method.getName())
                        && (other.getModifiers() & (Modifier.STATIC | Modifier.PRIVATE)) == 0
                        && (other.equals(method) || parameters(other).equals(parameters)))
                .toList();
    }

    /** A bridge has the plain parameters of what is overridden, and what is overridden knows what they are in this class. */
    private Method unbridged(Method method) {
        if (!method.isBridge()) {
            return method;
        }
        return Stream.concat(classes.stream(), interfaces.stream())
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(other -> !other.isBridge()
                        && other.getName().equals(method.getName())
                        && Arrays.equals(other.getParameterTypes(), method.getParameterTypes()))
                .findFirst()
                .orElse(method);
    }

    private List<Class<?>> parameters(Method method) {
        List<Class<?>> parameters = new ArrayList<>();
        for (Type parameter : method.getGenericParameterTypes()) {
            parameters.add(erased(parameter));
        }
        return parameters;
    }

    /** What a parameter's type is in this class, where a superclass has a variable for it. */
    private Class<?> erased(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return erased(parameterized.getRawType());
        }
        if (type instanceof GenericArrayType array) {
            return erased(array.getGenericComponentType()).arrayType();
        }
        if (type instanceof WildcardType wildcard) {
            return erased(wildcard.getUpperBounds()[0]);
        }
        if (type instanceof TypeVariable<?> variable) {
            Type bound = bindings.get(variable);
            return erased(bound == null ? variable.getBounds()[0] : bound);
        }
        throw new IllegalArgumentException("a type of an unknown kind: " + type);
    }
}
