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

/** Pages of another origin: what we answer to them, and what an application does that has a CORS filter of its own. */
@ExtendWith(ArquillianExtension.class)
class CorsIT {

    private static final Shop CORS = Shop.at("/cors");
    private static final Shop LEFT = Shop.at("/left");
    private static final Shop BARE = Shop.at("/bare-left");
    private static final Shop BOTH = Shop.at("/both");

    private static final String FROM_SHOP = "Origin: https://shop.example";
    private static final String ASKS = "Access-Control-Request-Method: GET";
    private static final String ALLOWED = "Access-Control-Allow-Origin";

    @Deployment(name = "cors", testable = false)
    public static WebArchive cors() {
        Map<String, String> settings = TestWar.settings();
        settings.put("lsat.cors.origins", "https://shop.example");
        return TestWar.war("cors.war", settings);
    }

    @Deployment(name = "left", testable = false)
    public static WebArchive left() {
        Map<String, String> settings = TestWar.settings();
        settings.put("lsat.cors", "application");
        settings.put("lsat.cors.origins", "https://shop.example");
        return withOwnFilter("left", settings);
    }

    @Deployment(name = "bare-left", testable = false)
    public static WebArchive bare() {
        Map<String, String> settings = TestWar.settings();
        settings.put("lsat.cors", "application");
        return TestWar.war("bare-left.war", settings);
    }

    @Deployment(name = "both", testable = false)
    public static WebArchive both() {
        return withOwnFilter("both", TestWar.settings());
    }

    private static WebArchive withOwnFilter(String name, Map<String, String> settings) {
        return TestWar.war(name + ".war", settings).setWebXML(new StringAsset("""
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                  <filter>
                    <filter-name>cors</filter-name><filter-class>org.lsat.it.app.OwnCorsFilter</filter-class>
                    <async-supported>true</async-supported>
                  </filter>
                  <filter-mapping><filter-name>cors</filter-name><url-pattern>/*</url-pattern></filter-mapping>
                </web-app>
                """));
    }

    @Test
    void aListedOriginReadsChallengesAndPaidAnswers() throws IOException {
        Answer challenge = CORS.get("/api/paid/x", FROM_SHOP);
        assertThat(challenge.status()).isEqualTo(402);
        assertThat(challenge.all(ALLOWED)).containsExactly("https://shop.example");
        assertThat(challenge.all("Access-Control-Expose-Headers"))
                .singleElement()
                .asString()
                .contains("WWW-Authenticate");
        assertThat(challenge.all("Vary")).contains("Origin");
        Token token = CORS.pay(challenge);
        Answer paid = CORS.get("/api/paid/x", FROM_SHOP, token.header());
        assertThat(paid.status()).isEqualTo(200);
        assertThat(paid.all(ALLOWED)).containsExactly("https://shop.example");
        assertThat(CORS.get("/free", FROM_SHOP).all(ALLOWED)).containsExactly("https://shop.example");
    }

    @Test
    void anotherOriginReadsNothing() throws IOException {
        assertThat(CORS.get("/api/paid/x", "Origin: https://other.example").all(ALLOWED))
                .isEmpty();
        assertThat(CORS.get("/free", "Origin: https://other.example").all(ALLOWED))
                .isEmpty();
    }

    @Test
    void aPreflightOfAPricedPathIsAnsweredByUs() throws IOException {
        Answer answer =
                CORS.send("OPTIONS", "/api/paid/x", FROM_SHOP, ASKS, "Access-Control-Request-Headers: authorization");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).doesNotContain("PAID-CONTENT");
        assertThat(answer.all(ALLOWED)).containsExactly("https://shop.example");
        assertThat(answer.all("Access-Control-Allow-Headers")).containsExactly("authorization");
        assertThat(answer.all("WWW-Authenticate")).isEmpty();
    }

    @Test
    void aPreflightWithHostileHeadersRepeatsNoneOfThem() throws IOException {
        for (String hostile : new String[] {"a b: <script>", "x;y", "a,".repeat(600)}) {
            Answer answer =
                    CORS.send("OPTIONS", "/api/paid/x", FROM_SHOP, ASKS, "Access-Control-Request-Headers: " + hostile);
            assertThat(answer.all("Access-Control-Allow-Headers"))
                    .containsExactly("Authorization, Content-Type, Macaroon");
        }
    }

    @Test
    void aPreflightThatIsLeftToTheApplicationIsAnsweredByIt() throws IOException {
        Answer answer = LEFT.send("OPTIONS", "/api/paid/x", FROM_SHOP, ASKS);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.all(ALLOWED)).containsExactly("https://application.example");
        Answer challenge = LEFT.get("/api/paid/x", FROM_SHOP);
        assertThat(challenge.all(ALLOWED)).containsExactly("https://shop.example");
        Answer paid = LEFT.get("/api/paid/x", FROM_SHOP, LEFT.pay(challenge).header());
        assertThat(paid.all(ALLOWED)).containsExactly("https://application.example");
    }

    @Test
    void aPreflightThatReachesAResourceGetsNoContent() throws IOException {
        Answer answer = BARE.send("OPTIONS", "/api/paid/x", FROM_SHOP, ASKS);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(BARE.send("OPTIONS", "/async/complete", FROM_SHOP, ASKS).body())
                .isEmpty();
        assertThat(BARE.send("OPTIONS", "/api/paid/x", FROM_SHOP).status()).isEqualTo(402);
    }

    /** Its filter never sees what has a price and was not paid for: a browser does not get as far as the 402. */
    @Test
    void anApplicationsOwnFilterAloneIsNotEnough() throws IOException {
        Answer preflight = BOTH.send("OPTIONS", "/api/paid/x", FROM_SHOP, ASKS);
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.all(ALLOWED)).isEmpty();
        assertThat(BOTH.get("/api/paid/x", FROM_SHOP).all(ALLOWED)).isEmpty();
        assertThat(BOTH.send("OPTIONS", "/free", FROM_SHOP, ASKS).all(ALLOWED))
                .containsExactly("https://application.example");
    }
}
