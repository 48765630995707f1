package org.lsat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lsat.testkit.FakeNode;

@DisplayName("A page of another origin")
final class CorsTest {

    private static final String SHOP = "https://shop.example";
    private static final String OTHER = "https://other.example";
    private static final Header FOR_SHOP = new Header("Access-Control-Allow-Origin", SHOP);
    private static final Header FOR_ALL = new Header("Access-Control-Allow-Origin", "*");
    private static final Header VARY = new Header("Vary", "Origin");
    private static final Header EXPOSE = new Header(
            "Access-Control-Expose-Headers",
            "WWW-Authenticate, Retry-After, Link, L402-Uses-Left, L402-Balance-Msat, L402-Free-Left, L402-Valid-Until");

    private static Scene scene(String origins) {
        return new Scene(Map.of("lsat.cors.origins", origins));
    }

    private static Preflight preflight(String headers) {
        return new Preflight("GET", headers);
    }

    private static RequestFacts options(Scene scene, String path, @Nullable String origin, String headers) {
        return Scene.from(origin, preflight(headers), scene.request("OPTIONS", path, List.of()));
    }

    private static List<String> names(List<Header> headers) {
        return headers.stream().map(Header::name).toList();
    }

    @Test
    @DisplayName("that is listed may read the 402, and what it says")
    void aListedOriginReadsTheChallenge() {
        Scene scene = scene(SHOP + ", http://localhost:3000");
        assertThat(scene.answer(Scene.from(SHOP, null, scene.get("/one/x"))).headers())
                .contains(FOR_SHOP, VARY, EXPOSE);
    }

    @Test
    @DisplayName("that is not listed may not, and caches keep the answers apart")
    void anotherOriginDoesNot() {
        Scene scene = scene(SHOP);
        for (String origin : new String[] {OTHER, "null", SHOP + ".evil.example", "https://shop.example:8443"}) {
            List<Header> headers =
                    scene.answer(Scene.from(origin, null, scene.get("/one/x"))).headers();
            assertThat(names(headers)).noneMatch(name -> name.startsWith("Access-Control-"));
            assertThat(headers).contains(VARY);
        }
    }

    @Test
    @DisplayName("may read everything under *, which is the same for all")
    void everyOriginUnderTheStar() {
        Scene scene = scene("*");
        List<Header> headers =
                scene.answer(Scene.from(OTHER, null, scene.get("/one/x"))).headers();
        assertThat(headers).contains(FOR_ALL, EXPOSE).doesNotContain(VARY);
        assertThat(scene.decide(scene.get("/elsewhere"))).isEqualTo(new Decision.Free(List.of()));
    }

    @Test
    @DisplayName("reads nothing where nothing is configured, and no field is added")
    void nothingIsConfigured() {
        Scene scene = new Scene();
        assertThat(names(scene.answer(Scene.from(SHOP, null, scene.get("/one/x")))
                        .headers()))
                .doesNotContain("Vary")
                .noneMatch(name -> name.startsWith("Access-Control-"));
        assertThat(scene.decide(Scene.from(SHOP, null, scene.get("/elsewhere"))))
                .isEqualTo(new Decision.Free(List.of()));
    }

    @Test
    @DisplayName("reads a paid answer, a free one, a 503 and a 400 alike")
    void everyAnswerHasTheFields() {
        Scene scene = scene(SHOP);
        Scene.Bought pass = scene.buy("/pass/x");
        assertThat(scene.open(Scene.from(SHOP, null, scene.get("/pass/x", pass.header())))
                        .headers())
                .contains(FOR_SHOP, VARY, EXPOSE);
        assertThat(scene.decide(Scene.from(SHOP, null, scene.get("/elsewhere"))))
                .isEqualTo(new Decision.Free(List.of(FOR_SHOP, VARY, EXPOSE)));
        assertThat(scene.answer(Scene.from(SHOP, null, scene.get("/one//x"))).headers())
                .contains(FOR_SHOP);
        scene.node.misbehave(FakeNode.Fault.REFUSES);
        HttpAnswer unavailable = scene.answer(Scene.from(SHOP, null, scene.get("/one/x")));
        assertThat(unavailable.status()).isEqualTo(503);
        assertThat(unavailable.headers()).contains(FOR_SHOP, EXPOSE);
    }

    @Test
    @DisplayName("gets a free answer without an origin with Vary alone")
    void withoutAnOrigin() {
        Scene scene = scene(SHOP);
        assertThat(scene.decide(scene.get("/elsewhere"))).isEqualTo(new Decision.Free(List.of(VARY)));
    }

    @Test
    @DisplayName("is told before a priced request that it may send its token")
    void aPreflightOfAPricedPath() {
        Scene scene = scene(SHOP);
        HttpAnswer answer = scene.answer(options(scene, "/one/x", SHOP, "authorization,x-mine"));
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers())
                .contains(
                        FOR_SHOP,
                        VARY,
                        new Header("Access-Control-Allow-Methods", "GET"),
                        new Header("Access-Control-Allow-Headers", "authorization,x-mine"),
                        new Header("Access-Control-Max-Age", "600"))
                .doesNotContain(EXPOSE);
        assertThat(names(answer.headers())).doesNotContain("Access-Control-Allow-Credentials", "WWW-Authenticate");
    }

    @Test
    @DisplayName("is told before it shows its token to a plan's page that it may, or the application tells it")
    void aPreflightOfAPlan() {
        Map<String, String> plan = Map.of(
                "lsat.plans.month.price", "9 sat",
                "lsat.plans.month.valid-for", "P30D",
                "lsat.plans.month.rules", "one");
        for (String path : new String[] {"/lsat/plans", "/lsat/plans/month"}) {
            Map<String, String> ours = new HashMap<>(plan);
            ours.put("lsat.cors.origins", SHOP);
            Scene scene = new Scene(ours);
            HttpAnswer answer = scene.answer(options(scene, path, SHOP, "authorization"));
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.headers()).contains(FOR_SHOP);
            Map<String, String> theirs = new HashMap<>(plan);
            theirs.put("lsat.cors", "application");
            Scene left = new Scene(theirs);
            assertThat(left.decide(options(left, path, SHOP, "authorization"))).isInstanceOf(Decision.Free.class);
        }
    }

    @Test
    @DisplayName("of another origin is told nothing before a priced request")
    void aPreflightOfAnotherOrigin() {
        Scene scene = scene(SHOP);
        HttpAnswer answer = scene.answer(options(scene, "/one/x", OTHER, "authorization"));
        assertThat(answer.status()).isEqualTo(204);
        assertThat(names(answer.headers())).noneMatch(name -> name.startsWith("Access-Control-"));
    }

    @Test
    @DisplayName("has its preflight of a free path answered by the application, with the fields set")
    void aPreflightOfAFreePath() {
        Scene scene = scene(SHOP);
        Decision decision = scene.decide(options(scene, "/elsewhere", SHOP, "authorization"));
        assertThat(decision).isInstanceOf(Decision.Free.class);
        assertThat(((Decision.Free) decision).headers())
                .contains(FOR_SHOP, new Header("Access-Control-Allow-Headers", "authorization"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authorization\r\nSet-Cookie: a=b",
                "a: b",
                "<script>",
                "\u00e9",
                "a;b",
                "\"a\"",
                "",
                "authorization\u0000"
            })
    @DisplayName("that asks about header fields that are none is told ours")
    void hostileHeaders(String headers) {
        Scene scene = scene("*");
        assertThat(scene.answer(options(scene, "/one/x", OTHER, headers)).headers())
                .contains(new Header("Access-Control-Allow-Headers", "Authorization, Content-Type, Macaroon"));
    }

    @Test
    @DisplayName("that asks about very many header fields is told ours")
    void veryManyHeaders() {
        Scene scene = scene("*");
        assertThat(scene.answer(options(scene, "/one/x", OTHER, "a,".repeat(513)))
                        .headers())
                .contains(new Header("Access-Control-Allow-Headers", "Authorization, Content-Type, Macaroon"));
    }

    @Test
    @DisplayName("that asks about a method that is none is told of GET")
    void aHostileMethod() {
        Scene scene = scene("*");
        RequestFacts request =
                Scene.from(OTHER, new Preflight("GET\r\nX: y", ""), scene.request("OPTIONS", "/one/x", List.of()));
        assertThat(scene.answer(request).headers()).contains(new Header("Access-Control-Allow-Methods", "GET"));
    }

    @Test
    @DisplayName("is the application's affair under lsat.cors=application, but for the answers that are ours")
    void leftToTheApplication() {
        Scene scene = new Scene(Map.of("lsat.cors", "application", "lsat.cors.origins", SHOP));
        assertThat(scene.decide(options(scene, "/one/x", SHOP, "authorization")))
                .isEqualTo(new Decision.Free(List.of()));
        assertThat(scene.decide(Scene.from(SHOP, null, scene.get("/elsewhere"))))
                .isEqualTo(new Decision.Free(List.of()));
        Scene.Bought pass = scene.buy("/pass/x");
        assertThat(names(scene.open(Scene.from(SHOP, null, scene.get("/pass/x", pass.header())))
                        .headers()))
                .noneMatch(name -> name.startsWith("Access-Control-"));
        assertThat(scene.answer(Scene.from(SHOP, null, scene.get("/one/x"))).headers())
                .contains(FOR_SHOP, EXPOSE);
    }

    @Test
    @DisplayName("pays for an OPTIONS that is no preflight")
    void anOptionsThatIsNoPreflightCosts() {
        Scene scene = scene(SHOP);
        RequestFacts request = Scene.from(SHOP, null, scene.request("OPTIONS", "/one/x", List.of()));
        assertThat(scene.answer(request).status()).isEqualTo(402);
    }
}
