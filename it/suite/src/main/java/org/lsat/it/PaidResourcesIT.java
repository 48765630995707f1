package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.Shop.Token;
import org.lsat.it.rest.EmptyApplication;

/**
 * Annotated resources of every shape, in an application whose classes the server finds, and in one without an {@code
 * Application} at all. On servers without Jakarta REST the one runs on RESTEasy and the other on Jersey.
 */
@ExtendWith(ArquillianExtension.class)
class PaidResourcesIT {

    private static final String PAID = "PAID-CONTENT";

    /** The two applications. */
    enum Variant {
        FOUND,
        WITHOUT_APPLICATION;

        Shop shop() {
            return Shop.at(this == FOUND ? "/found" : "/without");
        }

        /** Without an {@code Application}, WildFly takes providers that it finds by their annotation, and no services. */
        boolean hasServices() {
            return Server.KIND != Server.WILDFLY || this == FOUND;
        }

        boolean isJersey() {
            return Server.KIND == Server.PAYARA || (Server.KIND == Server.TOMCAT && this == WITHOUT_APPLICATION);
        }
    }

    @Deployment(name = "found", order = 1, testable = false)
    public static WebArchive found() {
        return RestWar.withApplication("found.war", EmptyApplication.class, RestWar.Libraries.RESTEASY);
    }

    @Deployment(name = "without", order = 2, testable = false)
    public static WebArchive without() {
        return RestWar.withoutApplication("without.war", RestWar.Libraries.JERSEY);
    }

    static Stream<Arguments> sold() {
        return Stream.of(Variant.values())
                .flatMap(variant -> Stream.of(
                                "class class",
                                "class/other method",
                                "method/paid method",
                                "interface/paid interface",
                                "superclass/inherited superclass",
                                "superclass/generic/key generic",
                                "superclass/constant superclass",
                                "superclass/inner/key generic",
                                "parent/silent/7 parent",
                                "parent/silent/7/deeper parent",
                                "parent/priced below",
                                "request-scoped method",
                                "application-scoped method",
                                "enterprise method",
                                "async/suspended async",
                                "async/stage async",
                                "async/events async",
                                "failing/no failing",
                                "paths/x paths",
                                "paths/same paths",
                                "paths/free paths",
                                "paths/below/posted paths",
                                "greedy/secret secret",
                                "greedy/data data")
                        .map(each -> each.split(" "))
                        .map(each -> Arguments.of(variant, "/api/" + each[0], each[1])));
    }

    @ParameterizedTest
    @MethodSource("sold")
    void unpaidItIsA402AndPaidItIsServedAndCharged(Variant variant, String path, String rule) throws IOException {
        Shop shop = variant.shop();
        Answer unpaid = shop.get(path);
        assertIsChallenge(unpaid, rule);
        assertThat(unpaid.body()).contains("\"invoice\":\"lnbcrt").doesNotContain(PAID);

        Token token = shop.pay(unpaid);
        Answer paid = shop.get(path, token.header());
        assertThat(paid.status()).as(paid::toString).isEqualTo(200);
        assertThat(paid.body()).contains(PAID);
        assertThat(paid.header("L402-Uses-Left")).contains(left(rule));
        assertThat(paid.header("L402-Valid-Until")).isPresent();
        assertThat(paid.all("WWW-Authenticate")).isEmpty();
        if (variant.hasServices()) {
            assertThat(paid.all("X-Plain-Feature")).containsExactly("seen");
            assertThat(paid.all("X-Urgent-Feature")).containsExactly("seen");
        }
    }

    private static String left(String rule) {
        return rule.equals("class") ? "2" : rule.equals("async") ? "1" : "0";
    }

    private static void assertIsChallenge(Answer unpaid, String rule) {
        assertThat(unpaid.status()).as(unpaid::toString).isEqualTo(402);
        assertThat(unpaid.member("rule")).isEqualTo(rule);
        assertThat(unpaid.header("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(unpaid.header("Cache-Control")).contains("no-store");
        List<String> challenges = unpaid.all("WWW-Authenticate");
        assertThat(challenges).hasSize(2);
        assertThat(challenges.get(0)).startsWith("LSAT macaroon=\"");
        assertThat(challenges.get(1)).startsWith("L402 macaroon=\"").contains(", version=\"0\"");
    }

    static Stream<Arguments> free() {
        return Stream.of(Variant.values())
                .flatMap(variant -> Stream.of(
                                "class/free",
                                "method",
                                "interface/free",
                                "parent/gratis",
                                "leading",
                                "greedy/other",
                                "greedy/x/y")
                        .map(path -> Arguments.of(variant, "/api/" + path)));
    }

    @ParameterizedTest
    @MethodSource("free")
    void whatIsNotPricedIsFree(Variant variant, String path) throws IOException {
        Answer answer = variant.shop().get(path);
        assertThat(answer.status()).as(answer::toString).isEqualTo(200);
        assertThat(answer.body()).startsWith("free");
        assertThat(answer.header("L402-Uses-Left")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anotherMethodOfAFreePathCostsWhatTheClassCosts(Variant variant) throws IOException {
        assertIsChallenge(variant.shop().send("DELETE", "/api/class/free"), "class");
    }

    @ParameterizedTest
    @EnumSource
    void aLocatorWhoseInterfaceIsAnnotatedLeadsNowhere(Variant variant) throws IOException {
        Answer answer = variant.shop().get("/api/leading/further");
        assertThat(answer.status()).as(answer::toString).isEqualTo(503);
        assertThat(answer.member("reason")).isEqualTo("misconfigured");
    }

    @Test
    void aProxyThatDoesNotTellWhatTheClassBehindItSaysGivesNothingAway() throws IOException {
        Shop shop = Variant.FOUND.shop();
        Answer answer = shop.get("/api/proxies/silent/quote");
        assertThat(answer.status()).as(answer::toString).isEqualTo(503);
        assertThat(answer.member("reason")).isEqualTo("misconfigured");
        ServerLog.awaitAll("does not tell whether behind it is org.lsat.it.rest.QuoteBean, of which is said"
                + " @Paid(\"method\"): let org.lsat.it.rest.Quote say the same");
        Answer enterprise = shop.get("/api/proxies/enterprise/quote");
        int status = switch (Server.KIND) {
            // No enterprise bean is injected there.
            case TOMCAT, LIBERTY -> 404;
            case PAYARA -> 503;
            // It lets one know the class of the bean.
            case WILDFLY -> 402;
        };
        assertThat(enterprise.status()).as(enterprise::toString).isEqualTo(status);
    }

    @Test
    void itCostsWhatTheInterfaceSaysByWhichItIsKnown() throws IOException {
        Shop shop = Variant.FOUND.shop();
        Answer unpaid = shop.get("/api/proxies/priced/quote");
        assertIsChallenge(unpaid, "method");
        assertThat(shop.get("/api/proxies/priced/quote", shop.pay(unpaid).header())
                        .body())
                .contains(PAID);
    }

    @ParameterizedTest
    @EnumSource
    void oneTokenOpensAllThatHasItsRuleUntilItIsUsedUp(Variant variant) throws IOException {
        Shop shop = variant.shop();
        Answer challenge = shop.get("/api/class");
        assertThat(challenge.member("amountMsat"))
                .as("the configuration overrides the annotation")
                .isEqualTo("10000");
        assertThat(challenge.member("detail")).contains("three of the class");
        Token token = shop.pay(challenge);
        assertThat(shop.get("/api/class", token.header()).header("L402-Uses-Left"))
                .contains("2");
        Answer posted = shop.http().send("POST", shop.context() + "/api/class", "text", token.header());
        assertThat(posted.body()).contains(PAID + " posted text");
        assertThat(shop.get("/api/class/free", token.header()).header("L402-Uses-Left"))
                .isEmpty();
        assertThat(shop.get("/api/class", token.header()).header("L402-Uses-Left"))
                .contains("0");
        Answer usedUp = shop.get("/api/class", token.header());
        assertIsChallenge(usedUp, "class");
        assertThat(usedUp.member("reason")).isEqualTo("used-up");
        assertThat(shop.get("/api/method/paid", token.header()).member("reason"))
                .isEqualTo("wrong-rule");
    }

    @ParameterizedTest
    @EnumSource
    void headCostsWhatGetCostsAndHasItsChallenge(Variant variant) throws IOException {
        Shop shop = variant.shop();
        Answer unpaid = shop.send("HEAD", "/api/method/paid");
        assertThat(unpaid.status()).isEqualTo(402);
        assertThat(unpaid.all("WWW-Authenticate")).hasSize(2);
        assertThat(unpaid.body()).isEmpty();
        Token token = shop.buy("/api/method/paid");
        assertThat(shop.send("HEAD", "/api/method/paid", token.header()).header("L402-Uses-Left"))
                .contains("0");
        assertThat(shop.get("/api/method/paid", token.header()).status()).isEqualTo(402);
    }

    @ParameterizedTest
    @EnumSource
    void optionsThatTheServerAnswersCostNothingAndShowNothing(Variant variant) throws IOException {
        // Else Jersey describes all resources and those below, which on Payara never ends with one that leads to
        // itself.
        String text = "Accept: text/plain";
        for (String path : new String[] {"/api/class", "/api/method/paid", "/api/parent/silent/7"}) {
            Answer options = variant.shop().send("OPTIONS", path, text);
            assertThat(options.status()).as(options::toString).isIn(200, 204);
            assertThat(options.header("Allow").orElse("")).contains("GET");
            assertThat(options.body()).doesNotContain(PAID);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBuyerIsThePrincipalOfItsRequest(Variant variant) throws IOException {
        Shop shop = variant.shop();
        Token token = shop.buy("/api/class");
        assertThat(shop.get("/api/class/buyer", token.header()).body())
                .containsPattern(PAID + " l402:[0-9a-f]{64} L402 class");
        assertThat(shop.get("/api/method", token.header()).body()).startsWith("free to null");
    }

    @ParameterizedTest
    @EnumSource
    void aFailureGivesTheUseBack(Variant variant) throws IOException {
        Shop shop = variant.shop();
        Token token = shop.buy("/api/failing/no");
        assertThat(shop.get("/api/failing/404", token.header()).status()).isEqualTo(404);
        assertThat(shop.get("/api/failing/mapped", token.header()).body()).contains("mapped");
        assertThat(shop.get("/api/failing/unmapped", token.header()).status()).isEqualTo(500);
        assertThat(shop.get("/api/failing/no", token.header()).status()).isEqualTo(200);
        assertThat(shop.get("/api/failing/no", token.header()).status()).isEqualTo(402);
    }

    @ParameterizedTest
    @EnumSource
    void soDoesOneOfAnotherThread(Variant variant) throws IOException {
        Shop shop = variant.shop();
        Token token = shop.buy("/api/async/stage");
        assertThat(shop.get("/api/async/failing", token.header()).status()).isEqualTo(503);
        assertThat(eventually(shop, "/api/async/stage", token).header("L402-Uses-Left"))
                .contains("1");
        assertThat(eventually(shop, "/api/async/events", token).header("L402-Uses-Left"))
                .contains("0");
        assertThat(eventually(shop, "/api/async/stage", token).status()).isEqualTo(402);
    }

    /** An application that flushes has answered before its use is settled: until then the token is in flight. */
    private static Answer eventually(Shop shop, String path, Token token) throws IOException {
        Answer answer = shop.get(path, token.header());
        for (long end = System.nanoTime() + 10_000_000_000L; answer.status() == 503 && System.nanoTime() < end; ) {
            answer = shop.get(path, token.header());
        }
        return answer;
    }

    @ParameterizedTest
    @EnumSource
    void aPathRuleAndAnAnnotationOfOneNameChargeOnce(Variant variant) throws IOException {
        Shop shop = variant.shop();
        Token token = shop.buy("/api/paths/same");
        assertThat(shop.get("/api/paths/same", token.header()).header("L402-Uses-Left"))
                .contains("0");
        assertThat(shop.get("/api/paths/same", token.header()).member("reason")).isEqualTo("used-up");
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoNamesTheyAreRefusedAndNothingIsCharged(Variant variant) throws IOException {
        Shop shop = variant.shop();
        Token token = shop.buy("/api/paths/x");
        for (int i = 0; i < 3; i++) {
            Answer refused = shop.get("/api/paths/below/other", token.header());
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.member("reason")).isEqualTo("misconfigured");
            assertThat(refused.body()).doesNotContain(PAID);
        }
        assertThat(shop.send("POST", "/api/paths/below/posted", token.header()).member("reason"))
                .isEqualTo("misconfigured");
        Answer unpaid = shop.get("/api/paths/below/other");
        assertThat(unpaid.status())
                .as("what was refused once is not sold again")
                .isEqualTo(503);
        assertThat(unpaid.member("reason")).isEqualTo("misconfigured");
        assertThat(shop.get("/api/paths/x", token.header()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/greedy/secret",
                "/api/greedy/secret/",
                "/api/greedy/secret;a=b",
                "/api/greedy;a=b/secret",
                "/api;a=b/greedy/secret",
                "/api/greedy/%73ecret",
                "/api/greedy/secret.txt",
                "/api/greedy/data.txt",
                "/api/greedy/data/",
                "/api/greedy//secret",
                "/api/greedy/x/../secret",
                "/api/greedy/secret%2f",
                "/api/greedy/%2fsecret",
                "/api/alias",
                "/api/alias/",
                "/api/paths/x;a=b",
                "/api/paths;a=b/x"
            })
    void noSpellingOfAPathGivesAwayWhatItIsMatchedTo(String target) throws IOException {
        for (Variant variant : Variant.values()) {
            Answer answer = variant.shop().get(target);
            assertThat(answer.body()).as("%s %s", variant, answer).doesNotContain(PAID);
            assertThat(answer.status()).as("%s %s", variant, answer).isIn(200, 400, 402, 404);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasMatchedIsJudgedWhereAnotherPathWasAskedFor(Variant variant) throws IOException {
        Shop shop = variant.shop();
        assertIsChallenge(shop.get("/api/alias"), "paths");
        assertThat(shop.get("/api/alias", shop.buy("/api/paths/x").header()).body())
                .contains(PAID + " path alias-of-this");
        if (!variant.isJersey()) {
            assertIsChallenge(shop.get("/api/greedy/data.txt"), "data");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsMatchedCostsWhatItsPathCostsWhateverBaseAFilterPutsBeforeIt(Variant variant) throws IOException {
        Shop shop = variant.shop();
        String prefix = "X-Forwarded-Prefix: /v1";
        assertIsChallenge(shop.get("/api/greedy/hidden", prefix), "secret");
        Token token = shop.buy("/api/greedy/secret");
        assertThat(shop.get("/api/greedy/hidden", prefix, token.header()).body())
                .contains(PAID);
        assertThat(shop.get("/api/greedy/other", prefix).body()).startsWith("free");
    }

    @ParameterizedTest
    @EnumSource
    void anIncludeBeforeTheResourceDoesNotKeepItFromBeingSold(Variant variant) throws IOException {
        Shop shop = variant.shop();
        Answer unpaid = shop.get("/api/method/paid?visit=yes");
        assertIsChallenge(unpaid, "method");
        assertThat(shop.get("/api/method/paid?visit=yes", shop.pay(unpaid).header())
                        .body())
                .contains(PAID);
    }

    @ParameterizedTest
    @EnumSource
    void aMethodThatAnApplicationPutsInThePlaceOfAnotherCostsWhatItCosts(Variant variant) throws IOException {
        Shop shop = variant.shop();
        String override = "X-HTTP-Method-Override: POST";
        assertIsChallenge(shop.get("/api/greedy/posted", override), "posts");
        assertIsChallenge(shop.get("/api/method/paid", override), "posted");
        Token token = shop.pay(shop.get("/api/method/paid", override));
        assertThat(shop.get("/api/method/paid", override, token.header()).body())
                .contains(PAID + " posted");
    }

    @Test
    void theLogListsWhatCostsWhat() throws IOException {
        assertThat(ServerLog.text())
                .contains(
                        "GET /api/method/paid (org.lsat.it.rest.MethodResource.paid) costs 1 sat for one request within 1 hour"
                                + " (rule method, by annotation)")
                .contains("GET /api/class (org.lsat.it.rest.ClassResource.get) costs 10 sat for 3 requests");
    }
}
