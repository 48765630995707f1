package org.lsat.it.rest;

import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Has no path of its own; for a filter. */
public class PlainApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(ClassResource.class);
    }
}
