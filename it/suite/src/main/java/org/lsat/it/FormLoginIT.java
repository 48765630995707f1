package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.Shop.Token;
import org.lsat.it.app.LenientServlet;

/** A priced path behind the container's FORM login, which leaves {@code Authorization} to the token. */
@ExtendWith(ArquillianExtension.class)
class FormLoginIT {

    private static final Shop SHOP = Shop.at("/form");

    private static final String PATH = "/api/paid/x";

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <security-constraint>
                <web-resource-collection>
                  <web-resource-name>paid</web-resource-name><url-pattern>/api/paid/*</url-pattern>
                </web-resource-collection>
                <auth-constraint><role-name>reader</role-name></auth-constraint>
              </security-constraint>
              <login-config>
                <auth-method>FORM</auth-method>
                <form-login-config>
                  <form-login-page>/login.html</form-login-page><form-error-page>/login.html</form-error-page>
                </form-login-config>
              </login-config>
              <security-role><role-name>reader</role-name></security-role>
            </web-app>
            """;

    private final Map<String, String> cookies = new TreeMap<>();

    @Deployment(testable = false)
    public static WebArchive form() {
        return TestWar.war("form.war", TestWar.settings())
                // Would answer for the page.
                .deleteClass(LenientServlet.class)
                .addAsWebResource(new StringAsset("the form for j_security_check"), "login.html")
                .setWebXML(new StringAsset(WEB_XML));
    }

    @Test
    void whoLoggedInByTheFormSendsATokenAsEver() throws IOException {
        logIn();
        Token token = SHOP.pay(get());
        assertThat(get(token.header()).body()).contains("PAID-CONTENT access=paid 0 1000 user=ann");
        assertThat(get(token.header()).status()).isEqualTo(402);
    }

    @Test
    void aTokenIsNoLoginAndIsNotChargedForTheAttempt() throws IOException {
        logIn();
        Token token = SHOP.pay(get());
        assertIsTheForm(SHOP.get(PATH, token.header()));
        assertThat(get(token.header()).body()).contains("PAID-CONTENT access=paid 0 1000 user=ann");
    }

    private void logIn() throws IOException {
        assertIsTheForm(get());
        Answer sent = keepingCookies(SHOP.http()
                .send(
                        "POST",
                        SHOP.context() + "/j_security_check",
                        "j_username=ann&j_password=pw",
                        "Content-Type: application/x-www-form-urlencoded",
                        cookie()));
        assertThat(sent.status()).as(sent::toString).isIn(302, 303);
    }

    /** As a browser asks: servers change the session's id when the login is done, and Payara once more with the next answer. */
    private Answer get(String... headers) throws IOException {
        return keepingCookies(SHOP.get(
                PATH, Stream.concat(Stream.of(cookie()), Arrays.stream(headers)).toArray(String[]::new)));
    }

    private Answer keepingCookies(Answer answer) {
        for (String cookie : answer.all("Set-Cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        return answer;
    }

    private String cookie() {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; ", "Cookie: ", ""));
    }

    /** Open Liberty redirects to it; the others forward. */
    private static void assertIsTheForm(Answer answer) {
        assertThat(answer.all("WWW-Authenticate")).isEmpty();
        if (Server.KIND == Server.LIBERTY) {
            assertThat(answer.status()).as(answer::toString).isEqualTo(302);
            assertThat(answer.header("Location").orElse("")).endsWith("/form/login.html");
        } else {
            assertThat(answer.status()).as(answer::toString).isEqualTo(200);
            assertThat(answer.body()).contains("j_security_check");
        }
    }
}
