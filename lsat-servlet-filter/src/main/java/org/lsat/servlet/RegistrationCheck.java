package org.lsat.servlet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.servlet.ServletContext;

/** Stops the deployment of an application that has this JAR and not its filter; see {@link Registration}. */
@ApplicationScoped
public class RegistrationCheck {

    /** For the container. */
    public RegistrationCheck() {}

    void check(@Observes @Initialized(ApplicationScoped.class) ServletContext context) {
        Registration.require(context);
    }
}
