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
 * A class with all that it inherits from, and what its methods override there. Proxies that a container makes of a class are
 * subclasses, so that what stands on the application's own class is found; of others see {@link AnnotatedTypes}.
 */
final class Hierarchy {

    /** The class itself first. */
    private final List<Class<?>> classes = new ArrayList<>();

    private final Set<Class<?>> interfaces = new LinkedHashSet<>();

    /**
     * Of a class or an interface, what its variables are, and those of the classes around it. One map for all would not do:
     * where a class extends the one around it, a variable stands for two types.
     */
    private final Map<Class<?>, Map<TypeVariable<?>, Class<?>>> bindings = new HashMap<>();

    Hierarchy(Class<?> type) {
        if (type.isInterface()) {
            addInterface(type);
        }
        for (Class<?> each = type;
                each != null && each != Object.class && !each.isInterface();
                each = each.getSuperclass()) {
            classes.add(each);
            bind(each.getGenericSuperclass(), each);
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
        Arrays.stream(type.getGenericInterfaces()).forEach(inherited -> bind(inherited, type));
        Arrays.stream(type.getInterfaces()).forEach(this::addInterface);
    }

    private void addInterface(Class<?> type) {
        if (interfaces.add(type)) {
            addInterfaces(type);
        }
    }

    private void bind(@Nullable Type inherited, Class<?> heir) {
        if (inherited instanceof ParameterizedType parameterized
                && parameterized.getRawType() instanceof Class<?> raw) {
            bindings.putIfAbsent(raw, bound(parameterized, heir));
        }
    }

    private Map<TypeVariable<?>, Class<?>> bound(ParameterizedType inherited, Class<?> heir) {
        Map<TypeVariable<?>, Class<?>> bound = new HashMap<>();
        for (Type each = inherited;
                each instanceof ParameterizedType parameterized;
                each = parameterized.getOwnerType()) {
            TypeVariable<?>[] variables = ((Class<?>) parameterized.getRawType()).getTypeParameters();
            for (int i = 0; i < variables.length; i++) {
                bound.put(variables[i], erased(parameterized.getActualTypeArguments()[i], heir));
            }
        }
        return bound;
    }

    /** The methods of {@code type}, one of these classes or interfaces, that are {@code method} or that it overrides. */
    List<Method> same(Method method, Class<?> type) {
        List<Class<?>> parameters = parameters(unbridged(method));
        return Arrays.stream(type.getDeclaredMethods())
                .filter(other -> other.equals(method)
                        || (other.getName().equals(method.getName())
                                && isInherited(other)
                                && isInherited(method)
                                && (hasParameters(other, method)
                                        || parameters(other).equals(parameters))))
                .toList();
    }

    /** Whether a subclass may override it, or has it for what an interface asks for. */
    static boolean isInherited(Method method) {
        return (method.getModifiers() & (Modifier.STATIC | Modifier.PRIVATE)) == 0;
    }

    /** Of two such methods one overrides the other, whatever generics say: those of a raw type are not those of its variables. */
    private static boolean hasParameters(Method one, Method other) {
        return Arrays.equals(one.getParameterTypes(), other.getParameterTypes());
    }

    /** A bridge has the plain parameters of what is overridden, and what is overridden knows what they are in this class. */
    private Method unbridged(Method method) {
        if (!method.isBridge()) {
            return method;
        }
        return Stream.concat(classes.stream(), interfaces.stream())
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(other ->
                        !other.isBridge() && other.getName().equals(method.getName()) && hasParameters(other, method))
                .findFirst()
                .orElse(method);
    }

    private List<Class<?>> parameters(Method method) {
        List<Class<?>> parameters = new ArrayList<>();
        for (Type parameter : method.getGenericParameterTypes()) {
            parameters.add(erased(parameter, method.getDeclaringClass()));
        }
        return parameters;
    }

    /** What a type that is written in {@code where} is in this class, where a superclass has a variable for it. */
    private Class<?> erased(Type type, Class<?> where) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return erased(parameterized.getRawType(), where);
        }
        if (type instanceof GenericArrayType array) {
            return erased(array.getGenericComponentType(), where).arrayType();
        }
        if (type instanceof WildcardType wildcard) {
            return erased(wildcard.getUpperBounds()[0], where);
        }
        if (type instanceof TypeVariable<?> variable) {
            Class<?> bound = bindings.getOrDefault(where, Map.of()).get(variable);
            return bound == null ? erased(variable.getBounds()[0], where) : bound;
        }
        throw new IllegalArgumentException("a type of an unknown kind: " + type);
    }
}
