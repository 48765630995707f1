package org.lsat.it;

import java.io.File;
import java.net.URISyntaxException;
import java.security.CodeSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bouncycastle.math.ec.ECPoint;
import org.h2.Driver;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.lsat.Paywall;
import org.lsat.invoice.DevWallet;
import org.lsat.it.app.PaidServlet;
import org.lsat.jaxrs.Paid;
import org.lsat.ledger.jdbc.JdbcLedgerBackend;
import org.lsat.servlet.LsatFilter;

/** WARs with the application under test and nothing but our JARs (and Bouncy Castle, which the dev wallet signs with). */
public final class TestWar {

    /** Shared by all deployments, so that a token of one is known to another only where the realm is the same, too. */
    static final String SECRET = "integration-test-secret-not-for-any-other-use-1";

    private TestWar() {}

    /** The rules that most tests use. */
    public static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("lsat.backend", "dev");
        settings.put("lsat.realm", "suite");
        settings.put("lsat.secret", SECRET);
        settings.put("lsat.challenges.per-client", "unlimited");
        settings.put("lsat.challenges.total", "unlimited");
        settings.put("lsat.dev.allow-remote", "true");
        rule(settings, "paid", "/api/paid/*", "1 sat");
        rule(settings, "exact", "/exact/one", "2 sat");
        rule(settings, "csv", "*.csv", "3 sat");
        rule(settings, "report", "/report", "4 sat");
        rule(settings, "bundle", "/bundle/*", "100 sat");
        settings.put("lsat.rules.bundle.uses", "5");
        rule(settings, "pass", "/pass/*", "1000 sat");
        settings.put("lsat.rules.pass.valid-for", "P30D");
        rule(settings, "dear", "/dear/*", "5000 sat");
        rule(settings, "posts", "/posts/*", "1 sat");
        settings.put("lsat.rules.posts.methods", "POST");
        rule(settings, "carved-out", "/api/paid/terms", "free");
        return settings;
    }

    static void rule(Map<String, String> settings, String name, String path, String price) {
        settings.put("lsat.rules." + name + ".path", path);
        settings.put("lsat.rules." + name + ".price", price);
    }

    public static WebArchive war(String name, Map<String, String> settings) {
        return withoutLibraries(name, settings).addAsLibraries(libraries());
    }

    /** Our JARs, and what they need. */
    static File[] libraries() {
        return OneJar.EVERYWHERE
                ? new File[] {OneJar.file()}
                : new File[] {jar(Paywall.class), jar(LsatFilter.class), jar(DevWallet.class), jar(ECPoint.class)};
    }

    /** What prices by annotation need beside them. */
    static File[] librariesForResources() {
        return OneJar.EVERYWHERE ? new File[0] : new File[] {jar(Paid.class)};
    }

    /** What counts in a database of the server need beside them. */
    public static File[] librariesForDataSource() {
        return OneJar.EVERYWHERE ? new File[0] : new File[] {jar(JdbcLedgerBackend.class)};
    }

    /** What counts in a file need beside them. */
    static File[] librariesForFile() {
        return OneJar.EVERYWHERE ? new File[0] : new File[] {jar(JdbcLedgerBackend.class), jar(Driver.class)};
    }

    static WebArchive withoutLibraries(String name, Map<String, String> settings) {
        return bare(name, settings)
                .addPackage(PaidServlet.class.getPackage())
                .addAsWebResource(new StringAsset("the welcome file of a priced directory"), "report/index.html")
                .addAsWebInfResource(new StringAsset(WEB_XML), "web.xml");
    }

    /**
     * For a {@code web.xml} with {@code metadata-complete="true"}. Payara finds the enterprise bean of our JAR then, does not
     * read its annotation, and misses it; an empty descriptor of enterprise beans is enough.
     */
    static WebArchive withCompleteMetadata(WebArchive war) {
        return Server.KIND == Server.PAYARA
                ? war.addAsWebInfResource(new StringAsset(EJB_JAR_XML), "ejb-jar.xml")
                : war;
    }

    /** Without an application. */
    static WebArchive empty(String name, Map<String, String> settings) {
        return bare(name, settings).addAsLibraries(libraries());
    }

    private static WebArchive bare(String name, Map<String, String> settings) {
        String properties = settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
        String context = name.equals("ROOT.war") ? "/" : "/" + name.replace(".war", "");
        return ShrinkWrap.create(WebArchive.class, name)
                .addAsResource(new StringAsset(properties), "META-INF/microprofile-config.properties")
                .addAsWebInfResource(new StringAsset(PAYARA_WEB_XML.formatted(context)), "payara-web.xml")
                .addAsWebInfResource(new StringAsset(IBM_WEB_EXT.formatted(context)), "ibm-web-ext.xml");
    }

    /** Error pages: one that is free, and one under a priced path. */
    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <welcome-file-list><welcome-file>index.html</welcome-file></welcome-file-list>
              <error-page><error-code>410</error-code><location>/errors/free</location></error-page>
              <error-page><error-code>411</error-code><location>/errors/forwarding</location></error-page>
              <error-page><error-code>418</error-code><location>/api/paid/error-page</location></error-page>
              <error-page>
                <exception-type>java.lang.UnsupportedOperationException</exception-type>
                <location>/api/paid/error-page</location>
              </error-page>
            </web-app>
            """;

    private static final String EJB_JAR_XML = """
            <ejb-jar xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0"/>
            """;

    /** That the context path is the name of the file, and ROOT is the root, Tomcat and WildFly know without a word. */
    private static final String PAYARA_WEB_XML = "<payara-web-app><context-root>%s</context-root></payara-web-app>";

    private static final String IBM_WEB_EXT = """
            <web-ext xmlns="http://websphere.ibm.com/xml/ns/javaee" version="1.0"><context-root uri="%s"/></web-ext>
            """;

    public static File jar(Class<?> from) {
        CodeSource source = from.getProtectionDomain().getCodeSource();
        try {
            File jar = new File(source.getLocation().toURI());
            if (!jar.isFile()) {
                throw new IllegalStateException(jar + " is no JAR: run the integration tests by ./mvnw verify");
            }
            return jar;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
