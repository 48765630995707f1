package org.lsat.invoice;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.lang.System.Logger.Level;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Maps the {@link DevWalletServlet}; the container makes it at the first request, if there ever is one. */
public final class DevWalletInitializer implements ServletContainerInitializer {

    private static final String NAME = "lsat-dev-wallet";
    private static final System.Logger LOG = System.getLogger(DevWalletInitializer.class.getName());

    /** For the container. */
    public DevWalletInitializer() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        for (ServletRegistration present : context.getServletRegistrations().values()) {
            if (present.getMappings().contains(DevWallet.PAY_PATH)) {
                warnUnlessOurs(present);
                return;
            }
        }
        // Null if the name is taken: somebody declared it on purpose, with a mapping of their own.
        ServletRegistration.@Nullable Dynamic servlet = context.addServlet(NAME, DevWalletServlet.class);
        if (servlet != null) {
            servlet.setAsyncSupported(true);
            servlet.addMapping(DevWallet.PAY_PATH);
        }
    }

    /** Ours is there already where a container runs this twice. */
    private static void warnUnlessOurs(ServletRegistration present) {
        if (!DevWalletServlet.class.getName().equals(present.getClassName())) {
            LOG.log(
                    Level.WARNING,
                    "The servlet {0} is mapped to {1}: the dev wallet cannot be paid there.",
                    present.getName(),
                    DevWallet.PAY_PATH);
        }
    }
}
