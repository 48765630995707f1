package org.lsat.jaxrs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a servlet inherits is no price, and nobody shall believe that it is one. */
class ServletCheckTest {

    @Paid("x")
    interface Priced {}

    @Free
    interface Gratis {}

    static class Plain extends GenericServlet implements Gratis {
        private static final long serialVersionUID = 1L;

        @Override
        public void service(ServletRequest request, ServletResponse response) {}
    }

    static class Inherits extends GenericServlet implements Priced {
        private static final long serialVersionUID = 1L;

        @Override
        public void service(ServletRequest request, ServletResponse response) {}
    }

    @Test
    void aServletThatInheritsAnAnnotationStopsTheDeployment() {
        assertThatThrownBy(() -> check(Plain.class.getName(), Inherits.class.getName()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@Paid(\"x\"), which the servlet " + Inherits.class.getName() + " inherits")
                .hasMessageContaining("lsat.rules.x.path=/…");
    }

    @Test
    void othersDoNot() {
        check(Plain.class.getName(), null, "org.example.Absent");
    }

    private static void check(@Nullable String... servlets) {
        new ServletCheck(context(servlets)).run();
    }

    private static ServletContext context(@Nullable String... servlets) {
        return Fake.of(ServletContext.class, (method, arguments) -> switch (method) {
            case "getClassLoader" -> ServletCheckTest.class.getClassLoader();
            case "getServletRegistrations" ->
                Arrays.stream(servlets)
                        .map(ServletCheckTest::registration)
                        .collect(Collectors.toMap(Object::toString, Function.identity()));
            default -> throw Fake.unexpected(method);
        });
    }

    private static ServletRegistration registration(@Nullable String type) {
        return Fake.of(ServletRegistration.class, (method, arguments) -> switch (method) {
            case "getClassName" -> type;
            case "toString" -> "of " + type;
            case "hashCode" -> 1;
            default -> throw Fake.unexpected(method);
        });
    }
}
