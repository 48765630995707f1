package org.lsat.servlet;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Beans of the application, where it has a CDI container; nothing here fails where it has none. */
final class CdiBeans {

    /** Whether there is a container. */
    enum Container {
        /** No CDI API. */
        ABSENT,
        /** The API is there, and no container is, or it has not started yet. */
        NOT_READY,
        /** Beans can be looked up. */
        READY
    }

    private CdiBeans() {}

    static Container container() {
        try {
            Lookup.reach();
            return Container.READY;
        } catch (LinkageError e) {
            return Container.ABSENT;
        } catch (IllegalStateException e) {
            // "Unable to access CDI", "Unable to locate CDIProvider".
            return Container.NOT_READY;
        }
    }

    /**
     * The one bean of this type; empty where there is none, or no container.
     *
     * @throws IllegalStateException if there are several
     */
    static <T> Optional<T> find(Class<T> type) {
        return container() == Container.READY ? Lookup.find(type) : Optional.empty();
    }

    /** What {@link #find} looks in. Call it only where there is a {@link Container#READY} container. */
    static BeanManager manager() {
        return Lookup.manager();
    }

    /** A class of its own: it cannot be loaded where the API is absent. */
    private static final class Lookup {

        private static final String NAME = "java:comp/BeanManager";

        /** OpenWebBeans has a current CDI without a container, too, and says so only when it is used. */
        static void reach() {
            CDI.current().getBeanManager();
        }

        /**
         * By its name first, which is the web application's. The current one is the caller's on WildFly: with this JAR in
         * the lib directory of an EAR, it does not see the beans of the WAR.
         */
        @SuppressWarnings("BanJNDI") // The name is a constant, and the directory the container's own.
        static BeanManager manager() {
            try {
                if (InitialContext.doLookup(NAME) instanceof BeanManager named) {
                    return named;
                }
            } catch (NamingException e) {
                // A servlet container that has CDI from the application's libraries.
            }
            return CDI.current().getBeanManager();
        }

        static <T> Optional<T> find(Class<T> type) {
            Instance<T> instance = manager().createInstance().select(type);
            if (instance.isAmbiguous()) {
                throw new IllegalStateException("the application has several beans of type " + type.getName()
                        + "; leave one, or make one an enabled alternative");
            }
            return instance.isResolvable() ? Optional.of(instance.get()) : Optional.empty();
        }
    }
}
