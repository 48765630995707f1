package org.lsat.it.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** Beside another application: lists its classes, and keeps Jakarta REST from loading services, among them the paywall's. */
@ApplicationPath("unloaded")
public class OtherUnloadedApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(ClassResource.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of(
                "jakarta.ws.rs.loadServices",
                false,
                "jersey.config.disableMetainfServicesLookup",
                true,
                "jersey.config.server.disableMetainfServicesLookup",
                true);
    }
}
