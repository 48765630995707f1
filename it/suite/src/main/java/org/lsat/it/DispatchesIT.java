package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.Shop.Token;

/** What is served, what is answered and what is counted when the application throws, fails, dispatches, or takes time. */
class DispatchesIT extends OnEveryServer {

    private static final String CONTENT = "PAID-CONTENT";

    /** Time for the container to complete asynchronous processing after the client has its answer. */
    private static void letItComplete() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
    }

    private static Optional<String> usesLeft(Shop shop, String path, Token token) throws IOException {
        return shop.get(path, token.header()).header("L402-Uses-Left");
    }

    /** The answer once the use before is settled. */
    private static Answer afterIt(Shop shop, String path, Token token) throws IOException {
        Answer answer = shop.get(path, token.header());
        for (int i = 0; i < 12 && answer.status() == 503; i++) {
            letItComplete();
            answer = shop.get(path, token.header());
        }
        return answer;
    }

    @ParameterizedTest(name = "{0}: {1}, content {2}, counted {3}")
    @CsvSource({
        "/bundle/x,                              200, once,  1",
        "/bundle/fail/throw,                     500, none,  0",
        "/bundle/fail/throw-runtime,             500, none,  0",
        "/bundle/fail/throw-error,               500, none,  0",
        "/bundle/fail/throw-to-page,             500, once,  0",
        "/bundle/fail/flush-then-throw,          200, once,  1",
        "/bundle/fail/error-then-flush-then-throw, 500, none, 0",
        "/bundle/fail/status-404,                404, none,  0",
        "/bundle/fail/status-500,                500, none,  0",
        "/bundle/fail/status-304,                304, none,  1",
        "/bundle/fail/redirect,                  302, none,  1",
        "/bundle/fail/no-content,                204, none,  1",
        "/bundle/fail/send-404,                  404, none,  0",
        "/bundle/fail/send-500,                  500, none,  0",
        "/bundle/fail/send-410,                  410, none,  0",
        "/bundle/fail/send-418,                  418, once,  0",
        "/bundle/go?forward=/bundle/y,           200, once,  1",
        "/bundle/go?forward=/free,               200, none,  1",
        "/bundle/go?forward=/dear/x,             503, none,  0",
        "/bundle/go?forward=/bundle/fail/throw,  500, none,  0",
        "/bundle/go?include=/bundle/y,           200, once,  1",
        "/bundle/go?include=/free,               200, none,  1",
        "/bundle/go?include=/dear/x,             200, none,  1",
        "/bundle/async/complete,                 200, once,  1",
        "/bundle/async/complete-500,             500, once,  0",
        "/bundle/async/timeout,                  500, none,  0",
        "/bundle/async/timeout-answered,         200, once,  1",
        "/bundle/go?forward-catch=/bundle/fail/write-then-throw, 200, once, 1",
        "/bundle/go?forward-catch=/bundle/fail/throw, 200, none,  1",
        "/bundle/go?forward=/bundle/fail/write-then-throw, 500, any, 0",
        "/bundle/fail/write-then-throw,          500, any,   0",
        "/bundle/async/dispatch,                 200, once,  1",
        "/bundle/async/dispatch-throw,           500, none,  0",
        "/bundle/async/again,                    200, once,  1",
        "/bundle/async/dispatch-dear,            503, none,  0",
        "/bundle/async/flush-then-dispatch-dear, 200, none,  1",
        "/bundle/async/nothing,                  200, none,  1"
    })
    void aPaidRequestIsCountedOnceWhereItWasAnsweredWell(String path, int status, String content, int counted)
            throws IOException {
        Token[] tokens = new Token[shops().length];
        for (int i = 0; i < tokens.length; i++) {
            Shop shop = shops()[i];
            tokens[i] = shop.buy("/bundle/x");
            Answer answer = shop.get(path, tokens[i].header());
            assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
            // "any": with its 500 the container may send what was written before the exception.
            if (!content.equals("any")) {
                assertThat(answer.body().split(CONTENT, -1)).hasSize(content.equals("once") ? 2 : 1);
            }
            assertThat(answer.all("WWW-Authenticate")).isEmpty();
        }
        // One that is still under way looks like one that counted.
        if (counted > 0) {
            letItComplete();
        }
        for (int i = 0; i < tokens.length; i++) {
            assertCounted(shops()[i], tokens[i], counted);
        }
    }

    private static void assertCounted(Shop shop, Token token, int counted) throws IOException {
        Optional<String> left = Optional.of(Integer.toString(4 - counted));
        // On a loaded machine it may take longer. What is asked meanwhile fails, and is given back.
        for (int i = 0;
                i < 12 && !usesLeft(shop, "/bundle/fail/status-404", token).equals(left);
                i++) {
            letItComplete();
        }
        assertThat(usesLeft(shop, "/bundle/x", token)).isEqualTo(left);
    }

    @Test
    void anExceptionThatAListenerOfTheApplicationAnswersIsCountedByWhatTheClientGets() throws IOException {
        for (Shop shop : shops()) {
            Token token = shop.buy("/bundle/x");
            Answer answer = shop.get("/bundle/async/throw-answered", token.header());
            // Payara asks no listener, and answers itself.
            boolean asked = Server.KIND != Server.PAYARA;
            assertThat(answer.status()).as(answer.toString()).isEqualTo(asked ? 200 : 500);
            assertThat(answer.body().contains(CONTENT)).isEqualTo(asked);
            letItComplete();
            assertCounted(shop, token, asked ? 1 : 0);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "/go?forward=/dear/x,                402",
        "/go?include=/dear/x,                200",
        "/go?include=/data/a.csv,            200",
        "/go?include=/forward-to-dear,        200",
        "/go?include=/report/,               200",
        "/go?forward=/report/,               402",
        "/go?encoded-forward=/dear/x,        402",
        "/go?flush-then-forward-try=/dear/x, 200",
        "/async/dispatch-dear,               402",
        "/async/forward-paid,                402",
        "/fail/send-411,                     411",
        "/async/dispatch-paid,               402",
        "/fail/send-418,                     418",
        "/fail/throw-to-page,                500",
        "/fail/send-410,                     410"
    })
    void anUnpaidRequestReachesNoPricedContentByADispatch(String path, int status) throws IOException {
        for (Shop shop : shops()) {
            Answer answer = shop.get(path);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
            assertThat(answer.body()).doesNotContain(CONTENT);
            assertThat(answer.all("WWW-Authenticate")).hasSize(status == 402 ? 2 : 0);
            assertThat(answer.body().contains("macaroon")).isEqualTo(status == 402);
            assertThat(answer.all("Content-Encoding")).isEmpty();
            assertThat(answer.all("ETag")).isEmpty();
        }
    }

    @Test
    void anErrorPageThatForwardsToAPricedPathIsNeitherSoldNorCharged() throws IOException {
        for (Shop shop : shops()) {
            Token token = shop.buy("/api/paid/x");
            Answer answer = shop.get("/fail/send-411", token.header());
            assertThat(answer.status()).isEqualTo(411);
            assertThat(answer.body()).doesNotContain(CONTENT);
            assertThat(shop.get("/api/paid/x", token.header()).status()).isEqualTo(200);
            Token bundle = shop.buy("/bundle/x");
            Answer other = shop.get("/bundle/fail/send-411", bundle.header());
            assertThat(other.status()).isEqualTo(411);
            assertThat(other.body()).doesNotContain(CONTENT);
        }
    }

    @Test
    void aForwardFromAThreadOfTheApplicationIsSettledWhenItCompletes() throws IOException {
        for (Shop shop : shops()) {
            Token token = shop.buy("/api/paid/x");
            assertThat(shop.get("/async/forward-failing", token.header()).status())
                    .isEqualTo(500);
            assertThat(afterIt(shop, "/api/paid/x", token).status()).isEqualTo(200);
        }
    }

    @Test
    void aUseThatAForwardOpenedCountsWhereTheForwarderAnswersWellWhateverTheResourceThrew() throws IOException {
        for (Shop shop : shops()) {
            String path = "/go?forward-catch=/dear/fail/write-then-throw";
            Token token = shop.pay(shop.get(path));
            assertThat(shop.get(path, token.header()).status()).isEqualTo(200);
            assertThat(shop.get(path, token.header()).member("reason")).isEqualTo("used-up");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"/go?forward=/api/paid/x", "/async/dispatch-paid", "/async/forward-paid"})
    void aFreePathThatDispatchesToAPricedOneIsPaidForThereAndCountedOnce(String path) throws IOException {
        for (Shop shop : shops()) {
            Token token = shop.pay(shop.get(path));
            Answer answer = shop.get(path, token.header());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains(CONTENT + " access=paid 0 1000");
            assertThat(afterIt(shop, path, token).member("reason")).isEqualTo("used-up");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"/pass/fail/throw,500", "/pass/async/timeout,500", "/pass/go?forward=/dear/x,503"})
    void aPassGoesOnWorkingWhateverTheApplicationDoes(String path, int status) throws IOException {
        for (Shop shop : shops()) {
            Token token = shop.buy("/pass/x");
            assertThat(shop.get(path, token.header()).status()).isEqualTo(status);
            assertThat(shop.get("/pass/x", token.header()).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"/bundle/fail/send-404", "/bundle/fail/throw"})
    void afterAsManyFailuresAsWereBoughtAndTenMoreAFailureCountsToo(String path) throws IOException {
        Token token = ROOT.buy("/bundle/x");
        for (int i = 0; i < 5 + 10; i++) {
            ROOT.get(path, token.header());
        }
        assertThat(ROOT.get("/bundle/x", token.header()).header("L402-Uses-Left"))
                .contains("4");
        ROOT.get(path, token.header());
        assertThat(ROOT.get("/bundle/x", token.header()).header("L402-Uses-Left"))
                .contains("2");
    }
}
