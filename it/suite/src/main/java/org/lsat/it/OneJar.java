package org.lsat.it;

import java.io.File;
import java.util.Map;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.lsat.it.rest.EmptyApplication;
import org.lsat.it.rest.MethodResource;

/** WARs with lsat-all, and no other JAR of ours. */
final class OneJar {

    /** {@code -Done-jar=true}: all tests run with it, instead of the JARs of which it is made. */
    static final boolean EVERYWHERE = Boolean.getBoolean("one-jar");

    private OneJar() {}

    static File file() {
        File jar = new File(System.getProperty("one-jar.file"));
        if (!jar.isFile()) {
            throw new IllegalStateException(jar + " is not there: run the integration tests by ./mvnw verify");
        }
        return jar;
    }

    static WebArchive war(String name, Map<String, String> settings) {
        return TestWar.withoutLibraries(name, settings).addAsLibraries(file());
    }

    /** With annotated resources below {@code /api}. */
    static WebArchive withResources(String name, Map<String, String> settings, RestWar.Libraries libraries) {
        WebArchive war = war(name, settings)
                .addClasses(EmptyApplication.class, MethodResource.class)
                .addClass("org.lsat.it.rest.Sold")
                .addAsWebInfResource(new StringAsset(RestWar.BEANS), "beans.xml");
        libraries.files().ifPresent(war::addAsLibraries);
        return war;
    }
}
