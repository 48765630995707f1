package org.lsat.servlet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.servlet.ServletContext;

/**
 * Stops the deployment of an application that has this JAR and not its filter; see {@link Registration}. An extension and not
 * a bean: Open Liberty looks for beans in the lib directory of an EAR no more than for initializers.
 */
public class RegistrationExtension implements Extension {

    /** For the container. */
    public RegistrationExtension() {}

    void checkPlace(@Observes AfterDeploymentValidation valid) {
        Registration.requirePlace(getClass());
    }

    /** Of an EAR this is not called where the JAR is in its lib directory: the context is a text there. */
    void checkFilter(@Observes @Initialized(ApplicationScoped.class) ServletContext context) {
        Registration.require(context);
    }
}
