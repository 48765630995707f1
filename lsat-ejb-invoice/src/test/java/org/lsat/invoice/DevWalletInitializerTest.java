package org.lsat.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DevWalletInitializerTest {

    private final List<String> done = new ArrayList<>();

    @Test
    void theContainerFindsIt() {
        assertThat(ServiceLoader.load(ServletContainerInitializer.class))
                .singleElement()
                .isInstanceOf(DevWalletInitializer.class);
    }

    @Test
    void theServletIsMappedOnceAndLoadedWhenItIsNeeded() {
        new DevWalletInitializer().onStartup(null, context(Map.of(), dynamic()));

        assertThat(done)
                .containsExactly("addServlet lsat-dev-wallet", "setAsyncSupported true", "addMapping /lsat/dev/pay");
    }

    @Test
    void aServletThatIsMappedThereIsLeftAlone() {
        for (String present : List.of("com.example.Mine", DevWalletServlet.class.getName())) {
            new DevWalletInitializer().onStartup(Set.of(), context(Map.of("mine", registration(present)), dynamic()));
        }

        assertThat(done).isEmpty();
    }

    @Test
    void aServletThatWasDeclaredUnderOurNameKeepsItsMapping() {
        new DevWalletInitializer().onStartup(Set.of(), context(Map.of(), null));

        assertThat(done).containsExactly("addServlet lsat-dev-wallet");
    }

    private ServletContext context(
            Map<String, ServletRegistration> present, ServletRegistration.@Nullable Dynamic added) {
        return Fake.of(ServletContext.class, (method, arguments) -> switch (method) {
            case "getServletRegistrations" -> present;
            case "addServlet" -> {
                assertThat(arguments.get(1)).isEqualTo(DevWalletServlet.class);
                done.add("addServlet " + arguments.get(0));
                yield added;
            }
            default -> throw Fake.unexpected(method);
        });
    }

    private static ServletRegistration registration(String className) {
        return Fake.of(ServletRegistration.class, (method, arguments) -> switch (method) {
            case "getMappings" -> List.of("/other", "/lsat/dev/pay");
            case "getClassName" -> className;
            case "getName" -> "mine";
            default -> throw Fake.unexpected(method);
        });
    }

    private ServletRegistration.Dynamic dynamic() {
        return Fake.of(ServletRegistration.Dynamic.class, (method, arguments) -> {
            Object argument = arguments.get(0);
            done.add(method + " " + (argument instanceof String[] patterns ? String.join(",", patterns) : argument));
            return method.equals("addMapping") ? Set.of() : null;
        });
    }
}
