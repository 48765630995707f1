package org.lsat.it;

import jakarta.ws.rs.core.Application;
import java.io.File;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.shrinkwrap.api.ArchivePath;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.lsat.it.app.StatisticsServlet;
import org.lsat.it.rest.ClassResource;
import org.lsat.it.rest.ConflictingResource;
import org.lsat.it.rest.EmptyApplication;
import org.lsat.it.rest.ExplicitApplication;
import org.lsat.it.rest.HandingOnServlet;
import org.lsat.it.rest.OtherUnloadedApplication;
import org.lsat.it.rest.PlainApplication;
import org.lsat.it.rest.PlainFeature;
import org.lsat.it.rest.UnloadedApplication;
import org.lsat.it.rest.UrgentFeature;

/** WARs with annotated resources; with an implementation of Jakarta REST where the server has none. */
final class RestWar {

    /** Modules of the build that hold the libraries. */
    enum Libraries {
        /** With CDI and MicroProfile Config. */
        RESTEASY,
        /** Without both. */
        JERSEY;

        /** The libraries; empty where the server has its own. */
        Optional<File[]> files() {
            String modules = System.getProperty("server.libraries", "");
            Path directory = Path.of(modules, name().toLowerCase(Locale.ROOT), "target", "lib");
            return modules.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Objects.requireNonNull(directory.toFile().listFiles(), directory::toString));
        }
    }

    private static final String FEATURES = "META-INF/services/jakarta.ws.rs.container.DynamicFeature";

    static final String BEANS = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
            """;

    /** RESTEasy takes {@code .txt} off the path before it matches. */
    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <context-param>
                <param-name>resteasy.media.type.mappings</param-name>
                <param-value>txt : text/plain</param-value>
              </context-param>
              %s
            </web-app>
            """;

    /** As the specification has it for an application without a class of its own. */
    private static final String WITHOUT_APPLICATION = """
            <servlet>
              <servlet-name>jakarta.ws.rs.core.Application</servlet-name><async-supported>true</async-supported>
            </servlet>
            <servlet-mapping>
              <servlet-name>jakarta.ws.rs.core.Application</servlet-name><url-pattern>/api/*</url-pattern>
            </servlet-mapping>
            """;

    private RestWar() {}

    static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("lsat.backend", "dev");
        settings.put("lsat.realm", "suite");
        settings.put("lsat.secret", TestWar.SECRET);
        settings.put("lsat.challenges.per-client", "unlimited");
        settings.put("lsat.challenges.total", "unlimited");
        settings.put("lsat.dev.allow-remote", "true");
        settings.put("lsat.paths.allow", "matrix");
        // Said by an annotation, too: 5 sat.
        settings.put("lsat.rules.class.price", "10 sat");
        TestWar.rule(settings, "paths", "/api/paths/*", "1 sat");
        TestWar.rule(settings, "secret", "/api/greedy/secret", "1 sat");
        TestWar.rule(settings, "data", "/api/greedy/data", "1 sat");
        TestWar.rule(settings, "posts", "/api/greedy/posted", "1 sat");
        settings.put("lsat.rules.posts.methods", "POST");
        return settings;
    }

    static WebArchive withApplication(String name, Class<? extends Application> application, Libraries libraries) {
        return war(name, libraries, "").addClass(application);
    }

    /** One whose Jakarta REST loads services, and one whose does not. */
    static WebArchive withTwoApplications(
            String name, Class<? extends Application> loaded, Map<String, String> settings, Libraries libraries) {
        return war(name, settings, libraries, "")
                .addClasses(loaded, OtherUnloadedApplication.class, StatisticsServlet.class);
    }

    /** Where this {@code web.xml} says how Jakarta REST serves. */
    static WebArchive withWebXml(String name, Libraries libraries, String elements) {
        return war(name, libraries, elements)
                .addClasses(PlainApplication.class, HandingOnServlet.class)
                .addAsWebResource(new StringAsset("the page"), "index.html");
    }

    /** With a filter by hand. Nobody looks for annotations, and a property of a rule that has no path would be a fault. */
    static WebArchive withoutInitializers(String name, Libraries libraries, String elements) {
        return war(name, pathsOnly(), libraries, elements);
    }

    /** As where somebody makes one JAR of many and keeps one of several files of a name: lsat-servlet-filter's, not lsat-jaxrs's. */
    static WebArchive withoutServices(String name, Class<? extends Application> application, Libraries libraries) {
        WebArchive war = war(name, pathsOnly(), libraries, "").addClass(application);
        for (ArchivePath path : war.getContent(Filters.include("/WEB-INF/lib/lsat-(jaxrs|all)-.*"))
                .keySet()) {
            JavaArchive jar =
                    ShrinkWrap.create(JavaArchive.class, "merged.jar").merge(war.getAsType(JavaArchive.class, path));
            war.delete(path);
            jar.delete('/' + FEATURES);
            jar.delete("/META-INF/services/jakarta.servlet.ServletContainerInitializer");
            if (OneJar.EVERYWHERE) {
                jar.addAsServiceProvider(
                        "jakarta.servlet.ServletContainerInitializer", "org.lsat.servlet.LsatInitializer");
            }
            war.addAsLibrary(jar);
        }
        return war;
    }

    private static Map<String, String> pathsOnly() {
        Map<String, String> settings = settings();
        settings.remove("lsat.rules.class.price");
        return settings;
    }

    static WebArchive withoutApplication(String name, Libraries libraries) {
        return war(name, libraries, WITHOUT_APPLICATION);
    }

    private static WebArchive war(String name, Libraries libraries, String servlets) {
        return war(name, settings(), libraries, servlets);
    }

    private static WebArchive war(String name, Map<String, String> settings, Libraries libraries, String servlets) {
        WebArchive war = TestWar.empty(name, settings)
                .addPackage(ClassResource.class.getPackage())
                .deleteClasses(
                        EmptyApplication.class,
                        ExplicitApplication.class,
                        UnloadedApplication.class,
                        PlainApplication.class,
                        HandingOnServlet.class,
                        ConflictingResource.class,
                        OtherUnloadedApplication.class)
                .addAsResource(
                        new StringAsset(PlainFeature.class.getName() + '\n' + UrgentFeature.class.getName()), FEATURES)
                .addAsWebInfResource(new StringAsset(WEB_XML.formatted(servlets)), "web.xml");
        return withLibraries(war, libraries);
    }

    /** With these classes alone; the resources are below {@code /api}. */
    static WebArchive withResources(String name, Map<String, String> settings, Package classes) {
        return withResources(TestWar.empty(name, settings), classes);
    }

    /** The same beside what the WAR has. */
    static WebArchive withResources(WebArchive war, Package classes) {
        return withLibraries(war.addPackage(classes).addClass(EmptyApplication.class), Libraries.JERSEY);
    }

    private static WebArchive withLibraries(WebArchive war, Libraries libraries) {
        war.addAsWebInfResource(new StringAsset(BEANS), "beans.xml").addAsLibraries(TestWar.librariesForResources());
        libraries.files().ifPresent(war::addAsLibraries);
        return war;
    }
}
