package org.lsat.it.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Lists its classes, so that the server looks for no others. */
@ApplicationPath("api")
public class ExplicitApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(ClassResource.class, ContractResource.class, PreflightFilter.class);
    }

    @Override
    @SuppressWarnings("deprecation") // as long as servers take it
    public Set<Object> getSingletons() {
        return Set.of(new MethodResource(), new ImplementingResource());
    }
}
