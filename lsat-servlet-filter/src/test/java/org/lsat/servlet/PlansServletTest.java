package org.lsat.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlansServletTest {

    private final List<String> statuses = new ArrayList<>();

    @Test
    void aPreflightThatIsLeftToTheApplicationIsNotA404() {
        service("OPTIONS");
        service("GET");
        assertThat(statuses).containsExactly("setStatus 204", "setStatus 404");
    }

    private void service(String httpMethod) {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> method.getName().equals("getMethod") ? httpMethod : null);
        HttpServletResponse response = (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, method, arguments) -> {
                    statuses.add(method.getName() + ' ' + arguments[0]);
                    return null;
                });
        new PlansServlet().service(request, response);
    }
}
