package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.plans.MeteredServlet;

/** With {@code lsat.enforce=false} the application answers as if there were no paywall, which says what it would have asked. */
@ExtendWith(ArquillianExtension.class)
class DryRunIT {

    private static final Shop SHOP = Shop.at("/dry");

    private static final String PAID = "PAID-CONTENT";

    @Deployment(testable = false)
    public static WebArchive dry() {
        Map<String, String> settings = TestWar.settings();
        settings.put("lsat.enforce", "false");
        // Judged by the path, and once more by the annotation.
        settings.put("lsat.rules.sampled.path", "/api/annotated/sampled");
        settings.put("lsat.rules.sampled.free", "2/PT1H");
        return RestWar.withResources(TestWar.war("dry.war", settings), MeteredServlet.class.getPackage());
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /api/paid/x,                  paid,      1000",
        "GET,  /exact/one,                   exact,     2000",
        "GET,  /data/a.csv,                  csv,       3000",
        "GET,  /bundle/x,                    bundle,    100000",
        "HEAD, /pass/x,                      pass,      1000000",
        "POST, /posts/x,                     posts,     1000",
        "GET,  /api/annotated,               annotated, 2000",
        "GET,  /go?forward=/dear/x,          dear,      5000000",
        "GET,  /bundle/go?forward=/dear/x,   bundle,    100000",
        "GET,  /bundle/async/dispatch,       bundle,    100000",
        "GET,  /async/dispatch-dear,         dear,      5000000"
    })
    void whatHasAPriceIsServedAndReportedOnce(String method, String path, String rule, long msat) throws IOException {
        String before = notEnforced();
        Answer answer = SHOP.send(method, path, "Authorization: L402 nonsense");
        assertThat(answer.status()).as(answer::toString).isEqualTo(200);
        assertThat(answer.body()).contains(method.equals("HEAD") ? "" : PAID);
        assertThat(answer.headerLines()).noneMatch(line -> line.startsWith("L402-") || line.startsWith("WWW-"));
        assertThat(number("not enforced requests " + rule, notEnforced()))
                .isEqualTo(number("not enforced requests " + rule, before) + 1);
        assertThat(number("not enforced msat " + rule, notEnforced()))
                .isEqualTo(number("not enforced msat " + rule, before) + msat);
        assertThat(sum(notEnforced())).as("no other rule").isEqualTo(sum(before) + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "/go?include=/dear/x,         200, once",
        "/fail/send-418,              418, once",
        "/fail/throw-to-page,         500, once",
        "/fail/send-411,              411, once",
        "/free,                       200, none",
        "/api/paid/terms,             200, none",
        "/lsat/plans,                 200, none"
    })
    void whatWouldNotBeSoldIsServedAndNotReported(String path, int status, String content) throws IOException {
        String before = notEnforced();
        Answer answer = SHOP.get(path);
        assertThat(answer.status()).as(answer::toString).isEqualTo(status);
        assertThat(answer.body().split(PAID, -1)).hasSize(content.equals("once") ? 2 : 1);
        assertThat(notEnforced()).isEqualTo(before);
    }

    @Test
    void whatWouldBeFreeIsCountedAsThatOnceARequest() throws IOException {
        for (int i = 0; i < 3; i++) {
            Answer answer = SHOP.get("/api/annotated/sampled");
            assertThat(answer.status()).as(answer::toString).isEqualTo(200);
            assertThat(answer.header("L402-Free-Left")).isEmpty();
        }
        assertThat(SHOP.get("/statistics").body())
                .contains("waived requests sampled=2\n", "not enforced requests sampled=1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api//paid/x", "/x/../api/paid/x", "/./api/paid/x", "/api/paid/x;a=b", "/api/paid/%78"})
    void anOddTargetIsTheServersToJudge(String path) throws IOException {
        Answer answer = SHOP.get(path);
        assertThat(answer.status()).as(answer::toString).isEqualTo(200);
        assertThat(answer.body()).contains(PAID);
    }

    @Test
    void theLogSaysItAtTheStartAndByRule() throws IOException {
        String report = "lsat: not enforced: rule report would have asked for ";
        int before = ServerLog.count(report);
        for (int i = 0; i < 3; i++) {
            SHOP.get("/report/");
        }
        ServerLog.awaitAll("lsat: lsat.enforce=false: NOTHING IS CHARGED AND NOTHING IS REFUSED");
        Await.until("the log has it", () -> ServerLog.count(report) > before);
        assertThat(ServerLog.count(report)).isEqualTo(before + 1);
        assertThat(SHOP.get("/statistics").body()).doesNotContain("challenges ", "refusals ", "paid requests ");
    }

    private static String notEnforced() throws IOException {
        StringBuilder lines = new StringBuilder();
        SHOP.get("/statistics")
                .body()
                .lines()
                .filter(line -> line.startsWith("not enforced"))
                .forEach(line -> lines.append(line).append('\n'));
        return lines.toString();
    }

    private static long number(String name, String lines) {
        return lines.lines()
                .filter(line -> line.startsWith(name + "="))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .sum();
    }

    private static long sum(String lines) {
        return lines.lines()
                .filter(line -> line.startsWith("not enforced requests"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('=') + 1)))
                .sum();
    }
}
