package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.Shop.Token;
import org.lsat.it.jwt.JwtApplication;

/**
 * Priced resources of an application whose login is MicroProfile JWT; on servers that have it. Tomcat has none, nor have the
 * libraries that its WARs bring along here.
 */
@ExtendWith(ArquillianExtension.class)
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly|payara|liberty")
class JwtLoginIT {

    private static final Shop SHOP = Shop.at("/bearer");

    private static final Duration HOUR = Duration.ofHours(1);

    private static final JwtIssuer ISSUER = new JwtIssuer();

    private static final String ANN = ISSUER.login("ann", "reader", HOUR);

    private static final String EVE = ISSUER.login("eve", "editor", HOUR);

    private static final List<String> NO_LOGINS = List.of(
            "X-Nothing: at all",
            ISSUER.login("ann", "reader", HOUR.negated()),
            new JwtIssuer().login("ann", "reader", HOUR));

    /** Ways to be priced, all behind a role, and who asks for that. */
    enum Kind {
        /** By annotation: Jakarta REST asks before it comes to the second gate. */
        ANNOTATED("annotated", "annotated"),
        /** The same of an enterprise bean. */
        ENTERPRISE("enterprise", "annotated"),
        /** By path, and {@code web.xml} asks before all filters. */
        CONSTRAINED("constrained", "constrained"),
        /** By path alone: the filter comes before Jakarta REST. */
        PRICED("priced", "priced");

        private final String directory;
        private final String rule;

        Kind(String directory, String rule) {
            this.directory = directory;
            this.rule = rule;
        }

        /** What a role may read. */
        String path(String role) {
            return "/api/" + directory + '/' + role;
        }

        String content(String user) {
            return "PAID-CONTENT access=" + rule + " user=" + user + " of " + JwtIssuer.NAME;
        }
    }

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              %s
              <security-constraint>
                <web-resource-collection>
                  <web-resource-name>constrained</web-resource-name><url-pattern>/api/constrained/*</url-pattern>
                </web-resource-collection>
                <auth-constraint><role-name>reader</role-name></auth-constraint>
              </security-constraint>
            </web-app>
            """;

    /** Else WildFly does not look at the roles of resources. On Open Liberty nobody would log in with it. */
    private static final String WILDFLY = """
            <context-param>
              <param-name>resteasy.role.based.security</param-name><param-value>true</param-value>
            </context-param>
            """;

    private static final String BEANS = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
            """;

    @Deployment(testable = false)
    public static WebArchive bearer() {
        Map<String, String> settings = TestWar.settings();
        TestWar.rule(settings, "priced", "/api/priced/*", "1 sat");
        TestWar.rule(settings, "constrained", "/api/constrained/*", "1 sat");
        settings.put("mp.jwt.verify.publickey", ISSUER.publicKey());
        settings.put("mp.jwt.verify.issuer", JwtIssuer.NAME);
        String webXml = WEB_XML.formatted(Server.KIND == Server.WILDFLY ? WILDFLY : "");
        return TestWar.empty("bearer.war", settings)
                .addPackage(JwtApplication.class.getPackage())
                .addAsLibraries(TestWar.librariesForResources())
                .addAsWebInfResource(new StringAsset(BEANS), "beans.xml")
                .addAsWebInfResource(new StringAsset(webXml), "web.xml");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "PRICED")
    void whereTheLoginComesFirstNothingIsSoldWithoutIt(Kind kind) throws IOException {
        for (String noLogin : NO_LOGINS) {
            assertRefused(SHOP.get(kind.path("reader"), noLogin));
        }
    }

    @Test
    void whereAPathAloneIsPricedThePriceComesFirst() throws IOException {
        assertThat(SHOP.get(Kind.PRICED.path("reader")).status()).isEqualTo(402);
    }

    @ParameterizedTest
    @EnumSource
    void aLoginAndATokenAreServedToWhoIsLoggedIn(Kind kind) throws IOException {
        String path = kind.path("reader");
        Token token = SHOP.pay(SHOP.get(path, ANN));
        Answer paid = SHOP.get(path, ANN, token.macaroonField());
        assertThat(paid.status()).as(paid::toString).isEqualTo(200);
        assertThat(paid.body()).contains(kind.content("ann"));
        assertThat(SHOP.get(path, ANN, token.macaroonField()).member("reason")).isEqualTo("used-up");
    }

    @ParameterizedTest
    @EnumSource
    void soAreTwoLinesOfTheFieldAuthorization(Kind kind) throws IOException {
        String path = kind.path("reader");
        Token token = SHOP.pay(SHOP.get(path, ANN));
        assertThat(SHOP.get(path, ANN, token.header()).body()).contains(kind.content("ann"));
    }

    @ParameterizedTest
    @EnumSource
    void aTokenIsNoLoginAndIsNotChargedForTheAttempt(Kind kind) throws IOException {
        String path = kind.path("reader");
        Token token = SHOP.pay(SHOP.get(path, ANN));
        assertRefused(SHOP.get(path, token.header()));
        for (String noLogin : NO_LOGINS) {
            assertRefused(SHOP.get(path, noLogin, token.macaroonField()));
        }
        assertThat(SHOP.get(path, ANN, token.macaroonField()).body()).contains(kind.content("ann"));
    }

    @ParameterizedTest
    @EnumSource
    void whoLacksTheRoleIsNotServedAndNotCharged(Kind kind) throws IOException {
        String path = kind.path("reader");
        Token token = SHOP.pay(SHOP.get(path, ANN));
        Answer refused = SHOP.get(path, EVE, token.macaroonField());
        assertRefused(refused);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(SHOP.get(path, EVE).status()).isEqualTo(kind == Kind.PRICED ? 402 : 403);
        assertThat(SHOP.get(path, ANN, token.macaroonField()).body()).contains(kind.content("ann"));
    }

    @Test
    void norIsWhoHasTheRoleOfWebXmlAndNotTheResources() throws IOException {
        Token token = SHOP.pay(SHOP.get(Kind.CONSTRAINED.path("editor"), ANN));
        assertThat(SHOP.get(Kind.CONSTRAINED.path("editor"), ANN, token.macaroonField())
                        .status())
                .isEqualTo(403);
        assertThat(SHOP.get(Kind.CONSTRAINED.path("reader"), ANN, token.macaroonField())
                        .body())
                .contains(Kind.CONSTRAINED.content("ann"));
    }

    @Test
    void whereNobodyHasToLogInABuyerIsThePrincipalUnlessThereIsALogin() throws IOException {
        String path = Kind.PRICED.path("anybody");
        assertThat(SHOP.get(path, SHOP.buy(path).macaroonField()).body())
                .contains("PAID-CONTENT access=priced user=l402:");
        assertThat(SHOP.get(path, ANN, SHOP.buy(path).macaroonField()).body()).contains(Kind.PRICED.content("ann"));
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.all("WWW-Authenticate").toString().toUpperCase(Locale.ROOT))
                .doesNotContain("L402", "LSAT");
        assertThat(answer.body()).doesNotContain("PAID-CONTENT", "lnbcrt");
        // What web.xml keeps to itself, Payara answers with nothing instead of a 401.
        if (Server.KIND == Server.PAYARA && answer.status() == 200) {
            assertThat(answer.body()).isEmpty();
        } else {
            assertThat(answer.status()).as(answer::toString).isIn(401, 403);
        }
    }
}
