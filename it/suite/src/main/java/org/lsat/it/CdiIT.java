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
import org.lsat.it.cdi.Buyer;
import org.lsat.it.cdi.CdiServlet;
import org.lsat.it.cdi.EventLog;
import org.lsat.it.cdi.OwnInvoices;
import org.lsat.it.cdi.OwnPayServlet;
import org.lsat.it.cdi.PathPrices;

/** An application that uses CDI: events, what is injected, prices by code, and invoices of its own. */
@ExtendWith(ArquillianExtension.class)
class CdiIT {

    private static final Shop CDI = Shop.at("/cdi");
    private static final Shop OWN = Shop.at("/own");

    @Deployment(name = "cdi", testable = false)
    public static WebArchive cdi() {
        return withCdi(TestWar.war("cdi.war", settings()))
                .addClasses(EventLog.class, Buyer.class, CdiServlet.class, PathPrices.class);
    }

    static Map<String, String> settings() {
        Map<String, String> settings = TestWar.settings();
        TestWar.rule(settings, "injected", "/cdi/paid/*", "1 sat");
        TestWar.rule(settings, "coded", "/coded/*", "code");
        TestWar.rule(settings, "counted", "/counted/*", "code");
        settings.put("lsat.rules.counted.uses", "2");
        return settings;
    }

    @Deployment(name = "own", testable = false)
    public static WebArchive own() {
        Map<String, String> settings = TestWar.settings();
        settings.put("lsat.backend", "application");
        settings.put("lsat.network", "regtest");
        settings.put("lsat.ledger", "memory");
        settings.put("lsat.settlement", "strict");
        settings.remove("lsat.dev.allow-remote");
        return withCdiFirst(TestWar.war("own.war", settings)).addClasses(OwnInvoices.class, OwnPayServlet.class);
    }

    static WebArchive withCdi(WebArchive war) {
        return war.addAsLibraries(TestLibraries.cdi()).addAsWebInfResource(new StringAsset(BEANS_XML), "beans.xml");
    }

    /** Tomcat runs first the initializers that the application's own classes name, whatever the ordering says. */
    static WebArchive withCdiFirst(WebArchive war) {
        return TestLibraries.cdi().length == 0
                ? withCdi(war)
                : withCdi(war)
                        .addAsResource(
                                new StringAsset("org.jboss.weld.environment.servlet.EnhancedListener"),
                                "META-INF/services/jakarta.servlet.ServletContainerInitializer");
    }

    private static final String BEANS_XML = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
            """;

    @Test
    void whatThePaywallDoesIsFiredAsAnEvent() throws IOException {
        CDI.get("/cdi/events");
        Token token = CDI.buy("/cdi/paid/event");
        CDI.get("/cdi/paid/event", token.header());
        CDI.get("/coded/unpriced");
        CDI.get("/bundle/go?forward=/dear/x", CDI.buy("/bundle/x").header());
        assertThat(CDI.get("/cdi/events").body().lines())
                .contains(
                        "GET /cdi/paid/event challenged injected 1000 PAYMENT_REQUIRED",
                        "GET /cdi/paid/event paid injected",
                        "GET /coded/unpriced refused INTERNAL",
                        "GET /dear/x refused MISCONFIGURED");
    }

    /** WildFly has MicroProfile Health in standalone-microprofile.xml, and Tomcat has none. */
    @Test
    void theNodeIsAReadinessCheckWhereTheServerHasMicroProfileHealth() throws IOException {
        Answer ready = Shop.at("").get("/health/ready");
        if (Server.KIND == Server.PAYARA || Server.KIND == Server.LIBERTY) {
            assertThat(ready.status()).as(ready.body()).isEqualTo(200);
            assertThat(ready.body()).contains("\"lsat-node\"").doesNotContain("DOWN");
        } else {
            assertThat(ready.status()).isEqualTo(404);
        }
    }

    @Test
    void anObserverThatThrowsDoesNotChangeTheAnswer() throws IOException {
        Token token = CDI.buy("/cdi/paid/throws");
        Answer answer = CDI.get("/cdi/paid/throws", token.header());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("buyer=injected");
    }

    @Test
    void whatOpenedARequestCanBeInjectedAndIsNullOnAFreeOne() throws IOException {
        assertThat(CDI.get("/cdi/free").body()).isEqualTo("buyer=nothing instance=nothing");
        Token token = CDI.buy("/cdi/paid/x");
        assertThat(CDI.get("/cdi/paid/x", token.header()).body()).isEqualTo("buyer=injected instance=injected");
        assertThat(CDI.get("/cdi/free").body()).isEqualTo("buyer=nothing instance=nothing");
    }

    @Test
    void theApplicationIssuesTokensThatNobodyPaysFor() throws IOException {
        String token = "Authorization: " + CDI.get("/cdi/issue").body();
        for (int left = 1; left >= 0; left--) {
            Answer answer = CDI.get("/cdi/paid/x", token);
            assertThat(answer.body()).isEqualTo("buyer=injected instance=injected");
            assertThat(answer.header("L402-Uses-Left")).contains(String.valueOf(left));
        }
        assertThat(CDI.get("/cdi/paid/x", token).member("reason")).isEqualTo("used-up");
    }

    @Test
    void codePricesARequestByItsPathAndQuery() throws IOException {
        assertThat(CDI.get("/coded/x").member("amountMsat")).isEqualTo("1000");
        assertThat(CDI.get("/coded/x?sats=7").member("amountMsat")).isEqualTo("7000");
        assertThat(CDI.get("/coded/x?sats=0").body()).isEqualTo("buyer=nothing instance=nothing");
    }

    @Test
    void aTokenOpensWhatCostsNoMoreThanWasPaidForIt() throws IOException {
        Token five = CDI.buy("/counted/x?sats=5");
        Answer dearer = CDI.get("/counted/x?sats=6", five.header());
        assertThat(dearer.status()).isEqualTo(402);
        assertThat(dearer.member("reason")).isEqualTo("price-too-low");
        assertThat(dearer.member("amountMsat")).isEqualTo("6000");
        assertThat(CDI.get("/counted/x?sats=5", five.header()).header("L402-Uses-Left"))
                .contains("1");
        assertThat(CDI.get("/counted/y", five.header()).header("L402-Uses-Left"))
                .contains("0");
    }

    @Test
    void whatIsDispatchedToIsPricedByTheQueryOfTheDispatchAndByTheClients() throws IOException {
        Token one = CDI.buy("/counted/x?sats=1");
        Answer forwarded = CDI.get("/counted/go?sats=1&forward=/counted/x%3Fsats=9", one.header());
        assertThat(forwarded.status()).isEqualTo(503);
        assertThat(forwarded.member("reason")).isEqualTo("misconfigured");
        assertThat(CDI.get("/counted/go?sats=1&include=/counted/x%3Fsats=9", one.header())
                        .body())
                .isEqualTo("included: ");
        Answer challenge = CDI.get("/cdi/go?sats=9&forward=/counted/x%3Fformat=csv");
        assertThat(challenge.member("amountMsat")).isEqualTo("9000");
        assertThat(CDI.get("/counted/go?include=/counted/x", one.header()).body())
                .isEqualTo("included: buyer=counted instance=counted");
    }

    @Test
    void withoutAPriceARequestIsRefused() throws IOException {
        Token token = CDI.buy("/coded/x?sats=100");
        for (Answer answer : new Answer[] {CDI.get("/coded/unpriced"), CDI.get("/coded/unpriced", token.header())}) {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.all("WWW-Authenticate")).isEmpty();
        }
    }

    @Test
    void theApplicationsOwnBeanMakesTheInvoicesAlsoWhereCdiStartsBeforeThePaywall() throws IOException {
        Answer challenge = OWN.get("/bundle/x");
        assertThat(challenge.status()).isEqualTo(402);
        assertThat(challenge.body()).doesNotContain("devWallet");
        String preimage = OWN.get("/own/pay?" + challenge.member("invoice")).body();
        Token token = new Token(challenge.member("macaroon"), preimage);
        assertThat(OWN.get("/bundle/x", token.header()).body()).contains("PAID-CONTENT access=bundle 4");
    }
}
