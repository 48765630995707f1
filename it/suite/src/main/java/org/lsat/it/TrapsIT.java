package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.Shop.Token;
import org.lsat.it.early.RetryingListener;

/** What makes servers leave a library's filter out, silently: each either has its price, or stops and says why. */
@ExtendWith(ArquillianExtension.class)
@NullUnmarked
class TrapsIT {

    /** Its annotations are not looked at where the metadata is complete. */
    private static final String SERVLET = """
              <servlet>
                <servlet-name>paid</servlet-name><servlet-class>org.lsat.it.app.PaidServlet</servlet-class>
              </servlet>
              <servlet-mapping>
                <servlet-name>paid</servlet-name>
                <url-pattern>/api/paid/*</url-pattern>
              </servlet-mapping>
            """;

    /** As the documentation of the filter shows it. */
    private static final String FILTER = """
              <filter>
                <filter-name>lsat</filter-name>
                <filter-class>org.lsat.servlet.LsatFilter</filter-class>
                <async-supported>true</async-supported>
              </filter>
              <filter-mapping>
                <filter-name>lsat</filter-name>
                <url-pattern>/*</url-pattern>
                <dispatcher>REQUEST</dispatcher><dispatcher>FORWARD</dispatcher><dispatcher>INCLUDE</dispatcher>
                <dispatcher>ASYNC</dispatcher><dispatcher>ERROR</dispatcher>
              </filter-mapping>
            """;

    /** No initializer maps it, either. */
    private static final String DEV_WALLET = """
              <servlet>
                <servlet-name>wallet</servlet-name>
                <servlet-class>org.lsat.invoice.DevWalletServlet</servlet-class>
              </servlet>
              <servlet-mapping>
                <servlet-name>wallet</servlet-name><url-pattern>/lsat/dev/pay</url-pattern>
              </servlet-mapping>
            """;

    private static final String PLANS = """
              <servlet>
                <servlet-name>plans</servlet-name>
                <servlet-class>org.lsat.servlet.PlansServlet</servlet-class>
              </servlet>
              <servlet-mapping><servlet-name>plans</servlet-name><url-pattern>/lsat/plans/*</url-pattern></servlet-mapping>
            """;

    private static final String EARLIER_FILTER = """
              <filter>
                <filter-name>earlier</filter-name>
                <filter-class>org.lsat.it.app.EarlierFilter</filter-class>
                <async-supported>true</async-supported>
              </filter>
              <filter-mapping><filter-name>earlier</filter-name><url-pattern>/*</url-pattern></filter-mapping>
            """;

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "complete", managed = false, testable = false)
    public static WebArchive complete() {
        return TestWar.withCompleteMetadata(war("complete", " metadata-complete=\"true\"", SERVLET));
    }

    @Deployment(name = "ordered", managed = false, testable = false)
    public static WebArchive ordered() {
        return war("ordered", "", "<absolute-ordering/>");
    }

    @Deployment(name = "ordered-cdi", managed = false, testable = false)
    public static WebArchive orderedWithCdi() {
        return CdiIT.withCdiFirst(war("ordered-cdi", "", "<absolute-ordering/>"));
    }

    @Deployment(name = "others", managed = false, testable = false)
    public static WebArchive others() {
        return war("others", "", "<absolute-ordering><others/></absolute-ordering>");
    }

    @Deployment(name = "byhand", managed = false, testable = false)
    public static WebArchive byHand() {
        Map<String, String> settings = TestWar.settings();
        settings.put("lsat.plans.several.rules", "paid, csv");
        settings.put("lsat.plans.several.price", "50 sat");
        settings.put("lsat.plans.several.uses", "20");
        return war("byhand", settings, "", "<absolute-ordering/>" + EARLIER_FILTER + FILTER + DEV_WALLET + PLANS)
                .addPackage(RetryingListener.class.getPackage());
    }

    private static WebArchive war(String name, String attributes, String elements) {
        return war(name, TestWar.settings(), attributes, elements);
    }

    private static WebArchive war(String name, Map<String, String> settings, String attributes, String elements) {
        return TestWar.war(name + ".war", settings).setWebXML(new StringAsset("""
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0"%s>
                %s</web-app>
                """.formatted(attributes, elements)));
    }

    @Test
    void completeMetadataLeavesNothingOut() throws IOException {
        assertSells("complete");
    }

    @Test
    void anOrderingThatLeavesThePaywallOutStopsTheDeployment() throws IOException {
        assertStops("ordered", "the application /ordered has the paywall's JAR, and the server did not run");
    }

    @Test
    void anOrderingThatLeavesThePaywallOutStopsTheDeploymentWithCdiToo() throws IOException {
        assertStops("ordered-cdi", "the application /ordered-cdi has the paywall's JAR, and the server did not run");
    }

    @Test
    void anOrderingWithOthersLeavesNothingOut() throws IOException {
        assertSells("others");
    }

    @Test
    void aFilterThatIsDeclaredByHandIsEnoughAndNamesTheFiltersBeforeIt() throws IOException {
        deployer.deploy("byhand");
        try {
            Shop shop = Shop.at("/byhand");
            assertSells(shop);
            assertThat(shop.get("/lsat/plans/several").status()).isEqualTo(402);
            assertLogged("the filter org.lsat.it.app.EarlierFilter ran before the paywall");
            assertLogged("the filter org.lsat.it.early.RetryingListener (a lambda) ran before the paywall");
            assertAFilterThatTriesAgainIsServedOnce(shop);
        } finally {
            deployer.undeploy("byhand");
        }
    }

    private static void assertAFilterThatTriesAgainIsServedOnce(Shop shop) throws IOException {
        // The chain of the others goes from there to the servlet, past all filters.
        boolean again = Server.KIND == Server.WILDFLY;
        for (String how : again ? new String[] {"chain", "forward"} : new String[] {"forward"}) {
            String path = "/api/paid/flaky?again=" + how;
            Token token = shop.buy(path);
            Answer first = shop.get(path, token.header());
            assertThat(first.body()).as(first::toString).contains("PAID-CONTENT");
            Answer second = shop.get(path, token.header());
            assertThat(second.body()).as(second::toString).doesNotContain("PAID-CONTENT");
            assertThat(second.member("reason")).as(how).isEqualTo("used-up");
        }
        Token token = shop.buy("/api/paid/flaky");
        assertThat(shop.get("/api/paid/flaky?again=include", token.header()).body())
                .doesNotContain("PAID-CONTENT");
        assertSells(shop);
    }

    private void assertSells(String name) throws IOException {
        deployer.deploy(name);
        try {
            assertSells(Shop.at("/" + name));
        } finally {
            deployer.undeploy(name);
        }
    }

    private static void assertSells(Shop shop) throws IOException {
        Token token = shop.buy("/api/paid/x");
        assertThat(shop.get("/api/paid/x", token.header()).body()).contains("PAID-CONTENT access=paid 0 1000");
        assertThat(shop.get("/api/paid/x", token.header()).status()).isEqualTo(402);
    }

    private void assertStops(String name, String why) throws IOException {
        assertThatThrownBy(() -> FailingDeployment.deploy(deployer, name)).isInstanceOf(Exception.class);
        assertThat(Shop.at("/" + name).get("/api/paid/x").body()).doesNotContain("PAID-CONTENT");
        assertLogged(why);
    }

    private static void assertLogged(String text) throws IOException {
        ServerLog.awaitAll(text);
    }
}
