package org.lsat.it.rest;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Hands on to a servlet of Jersey's what it gets, its parameters too. */
public class HandingOnServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private transient @Nullable HttpServlet jersey;

    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        try {
            HttpServlet made = Class.forName("org.glassfish.jersey.servlet.ServletContainer")
                    .asSubclass(HttpServlet.class)
                    .getDeclaredConstructor()
                    .newInstance();
            made.init(config);
            jersey = made;
        } catch (ReflectiveOperationException e) {
            throw new ServletException(e);
        }
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) throws ServletException, IOException {
        Objects.requireNonNull(jersey).service(request, response);
    }
}
