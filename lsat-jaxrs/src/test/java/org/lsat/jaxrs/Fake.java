package org.lsat.jaxrs;

import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object of a large interface of which a test needs three methods; any other call fails. */
final class Fake {

    private Fake() {}

    /** Answers a call by its method's name. */
    @FunctionalInterface
    interface Answers {
        @Nullable Object to(String method, List<Object> arguments);
    }

    static <T> T of(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        answers.to(method.getName(), arguments == null ? List.of() : List.of(arguments))));
    }

    static AssertionError unexpected(String method) {
        return new AssertionError("not foreseen: " + method);
    }
}
