package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.Shop.Token;

/** Unusual deployments that work. */
@ExtendWith(ArquillianExtension.class)
class DeploymentIT {

    private static final Shop DECLARED = Shop.at("/declared");
    private static final Shop LOCAL = Shop.at("/local");
    private static final Shop OFF = Shop.at("/off");
    private static final Shop LIMITED = Shop.at("/limited");

    /** The filter is in web.xml, too, with one dispatcher, without async; and fragments are ignored. */
    @Deployment(name = "declared", testable = false)
    public static WebArchive declared() {
        return TestWar.withCompleteMetadata(
                TestWar.war("declared.war", TestWar.settings()).setWebXML(new StringAsset("""
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
                  <filter><filter-name>gate</filter-name><filter-class>org.lsat.servlet.LsatFilter</filter-class></filter>
                  <filter-mapping><filter-name>gate</filter-name><url-pattern>/*</url-pattern></filter-mapping>
                  <servlet>
                    <servlet-name>paid</servlet-name><servlet-class>org.lsat.it.app.PaidServlet</servlet-class>
                  </servlet>
                  <servlet>
                    <servlet-name>async</servlet-name><servlet-class>org.lsat.it.app.AsyncServlet</servlet-class>
                    <async-supported>true</async-supported>
                  </servlet>
                  <servlet-mapping><servlet-name>paid</servlet-name><url-pattern>/bundle/*</url-pattern></servlet-mapping>
                  <servlet-mapping>
                    <servlet-name>async</servlet-name><url-pattern>/bundle/async/*</url-pattern>
                  </servlet-mapping>
                </web-app>
                """)));
    }

    @Deployment(name = "local", testable = false)
    public static WebArchive local() {
        Map<String, String> settings = TestWar.settings();
        settings.remove("lsat.dev.allow-remote");
        return TestWar.war("local.war", settings);
    }

    @Deployment(name = "off", testable = false)
    public static WebArchive off() {
        Map<String, String> settings = TestWar.settings();
        settings.put("lsat.enabled", "false");
        return TestWar.war("off.war", settings);
    }

    @Deployment(name = "limited", testable = false)
    public static WebArchive limited() {
        Map<String, String> settings = TestWar.settings();
        settings.put("lsat.challenges.per-client", "3/PT1H");
        return TestWar.war("limited.war", settings);
    }

    @Test
    void aFilterThatIsDeclaredTooChargesOnceAndGetsTheMissingDispatchersAndAsync() throws IOException {
        Token token = DECLARED.buy("/bundle/x");
        assertThat(DECLARED.get("/bundle/x", token.header()).header("L402-Uses-Left"))
                .contains("4");
        // Payara lets nobody change async-supported of a filter that is declared: an application that needs it fails.
        boolean async = Server.KIND != Server.PAYARA;
        assertThat(DECLARED.get("/bundle/async/complete", token.header()).status())
                .isEqualTo(async ? 200 : 500);
        assertThat(DECLARED.get("/bundle/x", token.header()).header("L402-Uses-Left"))
                .contains(async ? "2" : "3");
    }

    @Test
    void theDevWalletServesOnlyClientsOfThisMachineThatComeWithoutAProxy() throws IOException {
        Answer challenge = LOCAL.get("/api/paid/x");
        assertThat(challenge.status()).isEqualTo(402);
        for (String proxied : new String[] {"X-Forwarded-For: 203.0.113.7", "Forwarded: for=1.2.3.4", "via: 1.1 x"}) {
            Answer refused = LOCAL.get("/api/paid/x", proxied);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body()).contains("lsat.dev.allow-remote=true");
            Answer pay = LOCAL.http()
                    .send(
                            "POST",
                            "/local/lsat/dev/pay",
                            "{\"invoice\":\"" + challenge.member("invoice") + "\"}",
                            proxied);
            assertThat(pay.status()).isEqualTo(503);
            assertThat(pay.body()).contains("lsat.dev.allow-remote=true");
        }
        assertThat(LOCAL.get("/free", "X-Forwarded-For: 203.0.113.7").status()).isEqualTo(200);
    }

    @Test
    void switchedOffEverythingIsFreeAndTheLogSaysSo() throws IOException {
        assertThat(OFF.get("/api/paid/x").body()).contains("PAID-CONTENT access=none");
        ServerLog.awaitAll("lsat.enabled=false: the paywall is OFF");
    }

    @Test
    void unpaidChallengesAreLimitedAndPaidRequestsAreNot() throws IOException {
        Token token = LIMITED.buy("/pass/x");
        LIMITED.get("/api/paid/x");
        LIMITED.get("/api/paid/x");
        Answer tooMany = LIMITED.get("/api/paid/x");
        assertThat(tooMany.status()).isEqualTo(429);
        assertThat(tooMany.member("reason")).isEqualTo("too-many-challenges");
        assertThat(Long.parseLong(tooMany.header("Retry-After").orElseThrow())).isBetween(1L, 1200L);
        assertThat(tooMany.all("WWW-Authenticate")).isEmpty();
        for (int i = 0; i < 50; i++) {
            assertThat(LIMITED.get("/pass/x", token.header()).status()).isEqualTo(200);
        }
    }
}
