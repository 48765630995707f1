package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.rest.ClassResource;
import org.lsat.it.rest.ConflictingResource;
import org.lsat.it.rest.EmptyApplication;
import org.lsat.it.rest.ExplicitApplication;
import org.lsat.it.rest.UnloadedApplication;

/** Applications that tell Jakarta REST what to load. */
@ExtendWith(ArquillianExtension.class)
@NullUnmarked
class ApplicationsIT {

    private static final String CONFLICT =
            "GET /api/paths/conflict (org.lsat.it.rest.ConflictingResource.conflict) is annotated with rule"
                    + " method, and lies under the path of rule paths; give both one name";

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "explicit-resteasy", managed = false, testable = false)
    public static WebArchive explicitResteasy() {
        return explicit("explicit-resteasy.war", RestWar.Libraries.RESTEASY);
    }

    @Deployment(name = "explicit-jersey", managed = false, testable = false)
    public static WebArchive explicitJersey() {
        return explicit("explicit-jersey.war", RestWar.Libraries.JERSEY);
    }

    /** Beside a resource of two prices that the application does not list, and that nobody serves. */
    private static WebArchive explicit(String name, RestWar.Libraries libraries) {
        return RestWar.withApplication(name, ExplicitApplication.class, libraries)
                .addClass(ConflictingResource.class);
    }

    @Deployment(name = "unloaded-resteasy", managed = false, testable = false)
    public static WebArchive unloadedResteasy() {
        return RestWar.withApplication("unloaded-resteasy.war", UnloadedApplication.class, RestWar.Libraries.RESTEASY);
    }

    @Deployment(name = "unloaded-jersey", managed = false, testable = false)
    public static WebArchive unloadedJersey() {
        return RestWar.withApplication("unloaded-jersey.war", UnloadedApplication.class, RestWar.Libraries.JERSEY);
    }

    @Deployment(name = "conflict-resteasy", managed = false, testable = false)
    public static WebArchive conflictResteasy() {
        return conflict("conflict-resteasy.war", RestWar.Libraries.RESTEASY);
    }

    @Deployment(name = "conflict-jersey", managed = false, testable = false)
    public static WebArchive conflictJersey() {
        return conflict("conflict-jersey.war", RestWar.Libraries.JERSEY);
    }

    private static WebArchive conflict(String name, RestWar.Libraries libraries) {
        return RestWar.withApplication(name, EmptyApplication.class, libraries).addClass(ConflictingResource.class);
    }

    @Deployment(name = "conflict-two-resteasy", managed = false, testable = false)
    public static WebArchive conflictTwoResteasy() {
        return conflictTwo("conflict-two-resteasy.war", RestWar.Libraries.RESTEASY);
    }

    @Deployment(name = "conflict-two-jersey", managed = false, testable = false)
    public static WebArchive conflictTwoJersey() {
        return conflictTwo("conflict-two-jersey.war", RestWar.Libraries.JERSEY);
    }

    private static WebArchive conflictTwo(String name, RestWar.Libraries libraries) {
        return RestWar.withTwoApplications(name, EmptyApplication.class, RestWar.settings(), libraries)
                .addClass(ConflictingResource.class);
    }

    @ParameterizedTest
    @EnumSource
    void aResourceOfTwoPricesStopsTheDeployment(RestWar.Libraries libraries) throws IOException {
        assertStopped("conflict", libraries);
    }

    @ParameterizedTest
    @EnumSource
    void soItDoesInOneOfTwoApplications(RestWar.Libraries libraries) throws IOException {
        assertStopped("conflict-two", libraries);
    }

    private void assertStopped(String war, RestWar.Libraries libraries) throws IOException {
        if (libraries.files().isEmpty() && libraries != RestWar.Libraries.RESTEASY) {
            return;
        }
        String name = war + (libraries == RestWar.Libraries.RESTEASY ? "-resteasy" : "-jersey");
        int before = ServerLog.count(CONFLICT);
        if (Server.KIND == Server.LIBERTY) {
            // It is only the filter that hears of it there.
            deployer.deploy(name);
            assertThat(Shop.at("/" + name).get("/api/paths/conflict").status()).isEqualTo(503);
            deployer.undeploy(name);
        } else {
            assertThatThrownBy(() -> deployer.deploy(name)).isInstanceOf(Exception.class);
            assertThat(Shop.at("/" + name).get("/api/paths/conflict").status()).isEqualTo(404);
        }
        Await.until("the log names it", () -> ServerLog.count(CONFLICT) > before);
    }

    @Deployment(name = "two-resteasy", managed = false, testable = false)
    public static WebArchive twoResteasy() {
        return two("two-resteasy.war", RestWar.Libraries.RESTEASY);
    }

    @Deployment(name = "two-jersey", managed = false, testable = false)
    public static WebArchive twoJersey() {
        return two("two-jersey.war", RestWar.Libraries.JERSEY);
    }

    /** One of the rules has a path that only a resource of the other application could lie under. */
    private static WebArchive two(String name, RestWar.Libraries libraries) {
        Map<String, String> settings = RestWar.settings();
        settings.put("lsat.cors", "application");
        TestWar.rule(settings, "not-there", "/unloaded/method/paid", "2 sat");
        return RestWar.withTwoApplications(name, ExplicitApplication.class, settings, libraries);
    }

    @ParameterizedTest
    @EnumSource
    void resourcesThatAnApplicationListsCostWhatTheyCost(RestWar.Libraries libraries) throws IOException {
        with("explicit", libraries, shop -> {
            for (String path :
                    new String[] {"/api/class", "/api/method/paid", "/api/interface/paid", "/api/implemented/paid"}) {
                Answer unpaid = shop.get(path);
                assertThat(unpaid.status()).as(unpaid::toString).isEqualTo(402);
                assertThat(unpaid.all("WWW-Authenticate")).hasSize(2);
                assertThat(shop.get(path, shop.pay(unpaid).header()).body()).contains("PAID-CONTENT");
            }
            assertThat(shop.get("/api/class/free").body()).isEqualTo("free\n");
            assertThat(shop.get("/api/implemented/free").body()).isEqualTo("free\n");
            assertThat(shop.get("/api/parent/priced").status()).isEqualTo(404);
        });
    }

    @ParameterizedTest
    @EnumSource
    void whereTheGateIsNotLoadedNothingIsGivenAway(RestWar.Libraries libraries) throws IOException {
        with("unloaded", libraries, shop -> {
            for (String path : new String[] {"/api/class", "/api/class/other"}) {
                Answer answer = shop.get(path);
                assertThat(answer.body()).doesNotContain("PAID-CONTENT");
                assertThat(answer.status()).as(answer::toString).isIn(402, 503);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aGateThatIsLoadedInOneApplicationGivesNothingAwayInAnother(RestWar.Libraries libraries) throws IOException {
        with("two", libraries, shop -> {
            assertThat(shop.get("/unloaded/class").status()).isEqualTo(503);
            assertThat(shop.get("/statistics").body())
                    .as("the listener hears of it")
                    .contains("refusals misconfigured=1\n");
            assertThat(shop.get("/api/none").status()).isEqualTo(404);
            assertThat(shop.get("/api/class").status()).isEqualTo(402);
            assertThat(shop.get("/api/class/free").body()).isEqualTo("free\n");
            Answer answer = shop.get("/unloaded/class");
            assertThat(answer.body()).doesNotContain("PAID-CONTENT");
            assertThat(answer.status()).as(answer::toString).isEqualTo(503);
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatIsAskedFirstOfTwoApplicationsIsAnsweredAlsoIfItIsNotMatched(RestWar.Libraries libraries)
            throws IOException {
        with("two", libraries, shop -> {
            Answer preflight = shop.send(
                    "OPTIONS", "/api/class", "Origin: https://shop.example", "Access-Control-Request-Method: GET");
            assertThat(preflight.status()).as(preflight::toString).isEqualTo(204);
            assertThat(preflight.header("Access-Control-Allow-Origin")).contains("https://application.example");
            Answer options = shop.send("OPTIONS", "/api/class", "Accept: text/plain");
            assertThat(options.status()).as(options::toString).isIn(200, 204);
        });
    }

    private static String filter(String filterClass) {
        return """
                <filter>
                  <filter-name>rest</filter-name>
                  <filter-class>%s</filter-class>
                  <async-supported>true</async-supported>
                  <init-param>
                    <param-name>jakarta.ws.rs.Application</param-name>
                    <param-value>org.lsat.it.rest.PlainApplication</param-value>
                  </init-param>
                  <init-param>
                    <param-name>jersey.config.servlet.filter.forwardOn404</param-name><param-value>true</param-value>
                  </init-param>
                </filter>
                <filter-mapping><filter-name>rest</filter-name><url-pattern>/*</url-pattern></filter-mapping>
                """.formatted(filterClass);
    }

    @Deployment(name = "filter-resteasy", managed = false, testable = false)
    public static WebArchive filterOfResteasy() {
        String filter = filter("org.jboss.resteasy.plugins.server.servlet.FilterDispatcher");
        return RestWar.withWebXml("filter-resteasy.war", RestWar.Libraries.RESTEASY, filter)
                .addClass(ExplicitApplication.class);
    }

    @Deployment(name = "filter-jersey", managed = false, testable = false)
    public static WebArchive filterOfJersey() {
        return RestWar.withWebXml("filter-jersey.war", RestWar.Libraries.JERSEY, filter(JERSEY))
                .addClass(ExplicitApplication.class);
    }

    @ParameterizedTest
    @EnumSource
    void aFilterBesideAServletSellsAndKeepsNoPageBack(RestWar.Libraries libraries) throws IOException {
        if (libraries.files().isEmpty()) {
            return;
        }
        with("filter", libraries, shop -> {
            assertThat(shop.get("/index.html").body()).isEqualTo("the page");
            for (String path : new String[] {"/class", "/api/class"}) {
                assertThat(shop.get(path, shop.buy(path).header()).body()).contains("PAID-CONTENT");
            }
        });
    }

    private static final String JERSEY = "org.glassfish.jersey.servlet.ServletContainer";

    private static final String LOADS_NO_SERVICES = """
            <init-param>
              <param-name>jersey.config.server.provider.classnames</param-name>
              <param-value>org.lsat.it.rest.ClassResource</param-value>
            </init-param>
            <init-param>
              <param-name>jersey.config.disableMetainfServicesLookup</param-name><param-value>true</param-value>
            </init-param>
            <init-param>
              <param-name>jersey.config.server.disableMetainfServicesLookup</param-name><param-value>true</param-value>
            </init-param>
            """;

    /** One filter that loads services, and one that does not. */
    private static final String TWO_FILTERS = """
            <filter>
              <filter-name>deaf</filter-name><filter-class>%1$s</filter-class>
              <async-supported>true</async-supported>
              <init-param>
                <param-name>jersey.config.servlet.filter.contextPath</param-name><param-value>/deaf</param-value>
              </init-param>
              %2$s
            </filter>
            <filter>
              <filter-name>rest</filter-name><filter-class>%1$s</filter-class>
              <async-supported>true</async-supported>
              <init-param>
                <param-name>jakarta.ws.rs.Application</param-name>
                <param-value>org.lsat.it.rest.PlainApplication</param-value>
              </init-param>
            </filter>
            <filter-mapping><filter-name>deaf</filter-name><url-pattern>/deaf/*</url-pattern></filter-mapping>
            <filter-mapping><filter-name>rest</filter-name><url-pattern>/*</url-pattern></filter-mapping>
            """;

    private static final String OWN = """
            <servlet>
              <servlet-name>own</servlet-name>
              <servlet-class>org.lsat.it.rest.HandingOnServlet</servlet-class>
              <async-supported>true</async-supported>
              %s
            </servlet>
            <servlet-mapping><servlet-name>own</servlet-name><url-pattern>/own/*</url-pattern></servlet-mapping>
            """;

    @Deployment(name = "deaf-jersey", managed = false, testable = false)
    public static WebArchive deafFilter() {
        String filters = TWO_FILTERS.formatted(JERSEY, LOADS_NO_SERVICES);
        return RestWar.withWebXml("deaf-jersey.war", RestWar.Libraries.JERSEY, filters);
    }

    @Deployment(name = "own-jersey", managed = false, testable = false)
    public static WebArchive ownServlet() {
        return RestWar.withWebXml("own-jersey.war", RestWar.Libraries.JERSEY, OWN.formatted(LOADS_NO_SERVICES));
    }

    @ParameterizedTest
    @CsvSource({"deaf, /class/free /deaf/class /class /deaf/class", "own, /own/class /own/class/other"})
    void aFilterOrAServletOfTheApplicationsOwnThatLoadsNoServicesGivesNothingAway(String war, String paths)
            throws IOException {
        if (RestWar.Libraries.JERSEY.files().isEmpty()) {
            return;
        }
        with(war, RestWar.Libraries.JERSEY, shop -> {
            for (String path : paths.split(" ")) {
                Answer answer = shop.get(path);
                assertThat(answer.body()).doesNotContain("PAID-CONTENT");
                assertThat(answer.status()).as(answer::toString).isIn(402, 503);
            }
        });
    }

    /** Of which of the two a resource is, only Jersey knows. */
    private static String servlet(String name, Class<?> resource) {
        return """
                <servlet>
                  <servlet-name>%1$s</servlet-name><servlet-class>%2$s</servlet-class>
                  <init-param>
                    <param-name>jersey.config.server.provider.classnames</param-name><param-value>%3$s</param-value>
                  </init-param>
                  <load-on-startup>1</load-on-startup>
                </servlet>
                <servlet-mapping><servlet-name>%1$s</servlet-name><url-pattern>/%1$s/*</url-pattern></servlet-mapping>
                """.formatted(name, JERSEY, resource.getName());
    }

    @Deployment(name = "listing-jersey", managed = false, testable = false)
    public static WebArchive listingServlets() {
        String servlets = servlet("api", ConflictingResource.class) + servlet("other", ClassResource.class);
        return RestWar.withWebXml("listing-jersey.war", RestWar.Libraries.JERSEY, servlets)
                .addClass(ConflictingResource.class);
    }

    @Test
    void whereOnlyJakartaRestKnowsThatAResourceHasTwoPricesNothingIsSold() throws IOException {
        if (RestWar.Libraries.JERSEY.files().isEmpty()) {
            return;
        }
        with("listing", RestWar.Libraries.JERSEY, shop -> {
            assertThat(shop.get("/api/paths/conflict").status())
                    .as("of a servlet that Tomcat cannot start")
                    .isEqualTo(500);
            Answer answer = shop.get("/other/class");
            assertThat(answer.status()).as(answer::toString).isEqualTo(503);
            assertThat(answer.member("reason")).isEqualTo("misconfigured");
            assertThat(shop.get("/other/class/free").body()).isEqualTo("free\n");
        });
    }

    @Deployment(name = "merged-resteasy", managed = false, testable = false)
    public static WebArchive mergedResteasy() {
        return RestWar.withoutServices("merged-resteasy.war", ExplicitApplication.class, RestWar.Libraries.RESTEASY);
    }

    @Deployment(name = "merged-jersey", managed = false, testable = false)
    public static WebArchive mergedJersey() {
        return RestWar.withoutServices("merged-jersey.war", ExplicitApplication.class, RestWar.Libraries.JERSEY);
    }

    @ParameterizedTest
    @EnumSource
    void whereMergedJarsLostWhatLooksForAnnotationsNothingIsGivenAway(RestWar.Libraries libraries) throws IOException {
        with("merged", libraries, ApplicationsIT::assertGivesNothingAway);
    }

    /** Of a WAR in which no initializer runs. */
    private static final String BY_HAND = """
            <absolute-ordering/>
            <filter>
              <filter-name>lsat</filter-name>
              <filter-class>org.lsat.servlet.LsatFilter</filter-class>
              <async-supported>true</async-supported>
            </filter>
            <filter-mapping><filter-name>lsat</filter-name><url-pattern>/*</url-pattern></filter-mapping>
            <servlet>
              <servlet-name>deaf</servlet-name><servlet-class>%s</servlet-class>
              <async-supported>true</async-supported>
              %s
            </servlet>
            <servlet-mapping><servlet-name>deaf</servlet-name><url-pattern>/api/*</url-pattern></servlet-mapping>
            """;

    @Deployment(name = "byhand-jersey", managed = false, testable = false)
    public static WebArchive byHand() {
        return RestWar.withoutInitializers(
                "byhand-jersey.war", RestWar.Libraries.JERSEY, BY_HAND.formatted(JERSEY, LOADS_NO_SERVICES));
    }

    @Test
    void whereNoInitializerRunsAndTheGateIsNotLoadedNothingIsGivenAway() throws IOException {
        if (RestWar.Libraries.JERSEY.files().isPresent()) {
            with("byhand", RestWar.Libraries.JERSEY, ApplicationsIT::assertGivesNothingAway);
        }
    }

    private static void assertGivesNothingAway(Shop shop) throws IOException {
        for (String path : new String[] {"/api/class", "/api/class/other"}) {
            Answer answer = shop.get(path);
            assertThat(answer.body()).doesNotContain("PAID-CONTENT");
            assertThat(answer.status()).as(answer::toString).isEqualTo(503);
        }
    }

    /** What to do with an application. */
    private interface Visit {
        void to(Shop shop) throws IOException;
    }

    /** Where the server has its own implementation, one round is enough. */
    private void with(String application, RestWar.Libraries libraries, Visit visit) throws IOException {
        if (libraries.files().isEmpty() && libraries != RestWar.Libraries.RESTEASY) {
            return;
        }
        String name = application + (libraries == RestWar.Libraries.RESTEASY ? "-resteasy" : "-jersey");
        deployer.deploy(name);
        try {
            visit.to(Shop.at("/" + name));
        } finally {
            deployer.undeploy(name);
        }
    }
}
