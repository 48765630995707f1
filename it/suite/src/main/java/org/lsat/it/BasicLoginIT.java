package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.Shop.Token;

/** A priced path behind the container's BASIC login. */
@ExtendWith(ArquillianExtension.class)
class BasicLoginIT {

    private static final Shop SHOP = Shop.at("/basic");

    private static final String PATH = "/api/paid/x";

    /** In the configuration of each server, with the role {@code reader}. */
    private static final String LOGIN = "Authorization: Basic " + base64("ann:pw");

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <security-constraint>
                <web-resource-collection>
                  <web-resource-name>paid</web-resource-name><url-pattern>/api/paid/*</url-pattern>
                  <url-pattern>/dear/*</url-pattern><url-pattern>/exact/one</url-pattern>
                </web-resource-collection>
                <auth-constraint><role-name>reader</role-name></auth-constraint>
              </security-constraint>
              <login-config><auth-method>BASIC</auth-method></login-config>
              <security-role><role-name>reader</role-name></security-role>
            </web-app>
            """;

    @Deployment(testable = false)
    public static WebArchive basic() {
        Map<String, String> settings = TestWar.settings();
        settings.put("lsat.rules.dear.free-for-roles", "writer, reader");
        settings.put("lsat.rules.exact.free-for-roles", "writer");
        return TestWar.war("basic.war", settings).setWebXML(new StringAsset(WEB_XML));
    }

    @Test
    void theServersOwnLoginComesFirstAndTheTokenInAHeaderOfItsOwn() throws IOException {
        assertAsksForALogin(SHOP.get(PATH));
        assertAsksForALogin(SHOP.get(PATH, "Authorization: Basic " + base64("ann:wrong")));

        Token token = SHOP.pay(SHOP.get(PATH, LOGIN));
        Answer paid = SHOP.get(PATH, LOGIN, token.macaroonField());
        assertThat(paid.body()).contains("PAID-CONTENT access=paid 0 1000 user=ann");
        assertThat(SHOP.get(PATH, LOGIN, token.macaroonField()).status()).isEqualTo(402);
    }

    @Test
    void aTokenIsNoLoginAndIsNotChargedForTheAttempt() throws IOException {
        Token token = SHOP.pay(SHOP.get(PATH, LOGIN));
        for (String header : new String[] {token.header(), token.macaroonField()}) {
            assertAsksForALogin(SHOP.get(PATH, header));
        }
        assertThat(SHOP.get(PATH, LOGIN, token.macaroonField()).body()).contains("PAID-CONTENT access=paid");
    }

    @Test
    void twoLinesOfTheFieldAuthorizationAreALoginAndAToken() throws IOException {
        Token token = SHOP.pay(SHOP.get(PATH, LOGIN));
        Answer paid = SHOP.get(PATH, LOGIN, token.header());
        assertThat(paid.body()).contains("PAID-CONTENT access=paid 0 1000 user=ann");
    }

    @Test
    void whoHasARoleOfTheRuleIsAskedForNothingAndWhoHasAnotherIsAskedForWhatItCosts() throws IOException {
        assertAsksForALogin(SHOP.get("/dear/x"));
        for (int i = 0; i < 3; i++) {
            Answer free = SHOP.get("/dear/x", LOGIN);
            assertThat(free.status()).as(free::toString).isEqualTo(200);
            assertThat(free.body()).contains("PAID-CONTENT access=none user=ann");
            assertThat(free.header("Cache-Control").orElse("")).contains("private");
        }
        assertThat(SHOP.get("/exact/one", LOGIN).member("rule")).isEqualTo("exact");
        assertThat(SHOP.get("/statistics").body())
                .contains("waived requests dear=")
                .doesNotContain("waived requests exact");
    }

    private static void assertAsksForALogin(Answer answer) {
        assertThat(answer.status()).as(answer::toString).isEqualTo(401);
        assertThat(answer.all("WWW-Authenticate")).singleElement().asString().startsWith("Basic");
        assertThat(answer.body()).doesNotContain("PAID-CONTENT");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
