package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.Shop.Token;
import org.lsat.it.plans.MeteredServlet;

/** Plans beside rules, a balance, what is free beside what is paid, and a limit on holders, in one application. */
@ExtendWith(ArquillianExtension.class)
class PlansIT {

    private static final Shop SHOP = Shop.at("/plans");

    private static final String PAID = "PAID-CONTENT";

    /** A request under rule {@code paid} costs 1 sat. */
    private static final int OF_A_WALLET = 10;

    @Deployment(testable = false)
    public static WebArchive plans() {
        Map<String, String> settings = TestWar.settings();
        TestWar.rule(settings, "metered", "/metered", "4 sat");
        plan(settings, "month", "5000 sat", "valid-for=P30D", "paid, dear, annotated");
        plan(settings, "five", "6 sat", "uses=5", "paid, annotated");
        plan(settings, "wallet", "9 sat", "deposit=" + OF_A_WALLET + " sat", "paid, annotated, metered");
        settings.put("lsat.rules.bundle.free", "3/PT1H");
        settings.put("lsat.rules.pass.rate", "2/PT1H");
        return RestWar.withResources(TestWar.war("plans.war", settings), MeteredServlet.class.getPackage());
    }

    private static void plan(Map<String, String> settings, String name, String price, String buys, String rules) {
        String prefix = "lsat.plans." + name + ".";
        settings.put(prefix + "price", price);
        settings.put(prefix + buys.substring(0, buys.indexOf('=')), buys.substring(buys.indexOf('=') + 1));
        settings.put(prefix + "rules", rules);
    }

    @Test
    void plansAreListedAndOfferedByTheirRules() throws IOException {
        Answer list = SHOP.get("/lsat/plans");
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.header("Content-Type").orElse("")).startsWith("application/json");
        assertThat(list.body())
                .contains("\"plan\":\"five\"", "\"plan\":\"month\"", "\"plan\":\"wallet\"", "\"depositMsat\":10000")
                .contains("\"url\":\"/plans/lsat/plans/month\"");
        Answer unpaid = SHOP.get("/dear/x");
        assertThat(unpaid.status()).isEqualTo(402);
        assertThat(unpaid.member("rule")).isEqualTo("dear");
        assertThat(unpaid.body()).contains("\"plans\":[{\"plan\":\"month\"");
        assertThat(unpaid.header("Link")).contains("</plans/lsat/plans/month>; rel=\"payment\"; title=\"month\"");
        assertThat(SHOP.get("/api/annotated").body()).contains("\"plan\":\"five\"", "\"plan\":\"wallet\"");
        assertThat(SHOP.get("/exact/one").header("Link")).isEmpty();
        assertThat(SHOP.get("/lsat/plans/none").status()).isEqualTo(404);
        assertThat(SHOP.send("POST", "/lsat/plans/month").status()).isEqualTo(405);
    }

    @Test
    void aPassOpensItsRulesAndNoOther() throws IOException {
        Answer offer = SHOP.get("/lsat/plans/month");
        assertThat(offer.member("plan")).isEqualTo("month");
        assertThat(offer.member("amountMsat")).isEqualTo("5000000");
        Token month = SHOP.pay(offer);
        for (String path : new String[] {"/api/paid/x", "/dear/x", "/api/annotated", "/api/annotated", "/dear/x"}) {
            Answer answer = SHOP.get(path, month.header());
            assertThat(answer.status()).as(answer::toString).isEqualTo(200);
            assertThat(answer.body()).contains(PAID);
            assertThat(answer.header("L402-Uses-Left")).isEmpty();
        }
        assertThat(SHOP.get("/exact/one", month.header()).member("reason")).isEqualTo("wrong-rule");
        Answer page = SHOP.get("/lsat/plans/month", month.header());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.member("plan")).isEqualTo("month");
        assertThat(page.all("WWW-Authenticate")).isEmpty();
    }

    @Test
    void aBundleCountsOverItsRules() throws IOException {
        Token five = SHOP.buy("/lsat/plans/five");
        int left = 5;
        for (String path :
                new String[] {"/api/paid/x", "/api/annotated", "/api/paid/y", "/api/paid/x", "/api/annotated"}) {
            assertThat(SHOP.get("/lsat/plans/five", five.header()).member("usesLeft"))
                    .isEqualTo(String.valueOf(left));
            assertThat(SHOP.get("/api/paid/fail/status-404", five.header()).status())
                    .isEqualTo(404);
            left--;
            assertThat(SHOP.get(path, five.header()).header("L402-Uses-Left")).contains(String.valueOf(left));
        }
        for (String path : new String[] {"/api/paid/x", "/api/annotated", "/lsat/plans/five"}) {
            assertThat(SHOP.get(path, five.header()).member("reason")).isEqualTo("used-up");
        }
    }

    @Test
    void eachRequestDrawsItsOwnPriceFromABalance() throws IOException {
        Token wallet = SHOP.buy("/lsat/plans/wallet");
        assertThat(left(SHOP.get("/api/paid/x", wallet.header()))).isEqualTo("9000");
        assertThat(left(SHOP.get("/api/annotated", wallet.header()))).isEqualTo("7000");
        assertThat(SHOP.get("/api/paid/fail/status-404", wallet.header()).status())
                .isEqualTo(404);
        assertThat(SHOP.get("/lsat/plans/wallet", wallet.header()).member("balanceLeftMsat"))
                .isEqualTo("7000");
        assertThat(left(SHOP.get("/metered", wallet.header()))).isEqualTo("3000");
        assertThat(SHOP.get("/metered", wallet.header()).member("reason")).isEqualTo("used-up");
        assertThat(left(SHOP.get("/api/annotated", wallet.header()))).isEqualTo("1000");
        assertThat(left(SHOP.get("/api/paid/x", wallet.header()))).isEqualTo("0");
        assertThat(SHOP.get("/lsat/plans/wallet", wallet.header()).member("reason"))
                .isEqualTo("used-up");
    }

    private static String left(Answer answer) {
        assertThat(answer.status()).as(answer::toString).isEqualTo(200);
        assertThat(answer.body()).contains(PAID);
        return answer.header("L402-Balance-Msat").orElse("");
    }

    @Test
    void theApplicationSaysWhatARequestCostInTheEnd() throws IOException {
        Token wallet = SHOP.buy("/lsat/plans/wallet");
        Answer cheap = SHOP.get("/metered?1500", wallet.header());
        assertThat(cheap.body()).contains("wallet: 1500 of 4000 msat, 6000 msat left");
        assertThat(SHOP.get("/lsat/plans/wallet", wallet.header()).member("balanceLeftMsat"))
                .isEqualTo("8500");
        assertThat(SHOP.get("/metered?4001", wallet.header()).body()).contains("allowed are 0 to 4000");
        assertThat(SHOP.get("/lsat/plans/wallet", wallet.header()).member("balanceLeftMsat"))
                .isEqualTo("4500");
        assertThat(SHOP.get("/metered", SHOP.buy("/metered").header()).body()).contains("without a balance");
    }

    @Test
    void ofFiveTimesAsManyParallelUsesOfABalanceExactlyThoseItHasRoomForAreServed() throws Exception {
        Token wallet = SHOP.buy("/lsat/plans/wallet");
        assertThat(AtOnce.statuses(SHOP, "/api/paid/x", Collections.nCopies(5 * OF_A_WALLET, wallet)))
                .isSubsetOf(200, 402, 503)
                .filteredOn(status -> status == 200)
                .hasSize(OF_A_WALLET);
        assertThat(SHOP.get("/api/paid/x", wallet.header()).member("reason")).isEqualTo("used-up");
    }

    @Test
    void theFirstRequestsAreFreeAndEachIsCountedOnceHoweverItIsDispatched() throws IOException {
        assertFree(SHOP.get("/bundle/x"), "2");
        assertThat(SHOP.get("/bundle/fail/status-404").status()).isEqualTo(404);
        assertFree(SHOP.get("/bundle/go?forward=/bundle/y"), "1");
        assertFree(SHOP.get("/bundle/async/dispatch"), "0");
        Answer unpaid = SHOP.get("/bundle/x");
        assertThat(unpaid.status()).isEqualTo(402);
        assertThat(unpaid.header("L402-Free-Left")).isEmpty();
        assertThat(SHOP.get("/bundle/x", SHOP.pay(unpaid).header()).header("L402-Uses-Left"))
                .contains("4");
    }

    private static void assertFree(Answer answer, String left) {
        assertThat(answer.status()).as(answer::toString).isEqualTo(200);
        assertThat(answer.body()).contains(PAID + " access=none");
        assertThat(answer.header("L402-Free-Left")).contains(left);
        assertThat(answer.header("Cache-Control")).contains("private");
        assertThat(answer.header("L402-Valid-Until")).isEmpty();
    }

    @Test
    void whoUsesOnePaymentTooFastIsToldWhenToComeBack() throws IOException {
        Token pass = SHOP.buy("/pass/x");
        assertThat(SHOP.get("/pass/x", pass.header()).status()).isEqualTo(200);
        assertThat(SHOP.get("/pass/x", pass.header()).status()).isEqualTo(200);
        Answer refused = SHOP.get("/pass/x", pass.header());
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.member("reason")).isEqualTo("too-many-requests");
        assertThat(Long.parseLong(refused.header("Retry-After").orElse(""))).isBetween(1L, 3600L);
        assertThat(refused.all("WWW-Authenticate")).isEmpty();
        assertThat(SHOP.get("/pass/x", SHOP.buy("/pass/x").header()).status())
                .as("another payment")
                .isEqualTo(200);
    }

    @Test
    void jmxAndTheLogNamePlans() throws IOException {
        Token token = SHOP.buy("/lsat/plans/month");
        SHOP.get("/dear/x", token.header());
        assertThat(SHOP.get("/statistics").body().lines())
                .anyMatch(line -> line.startsWith("challenges month="))
                .anyMatch(line -> line.startsWith("first uses month="))
                .anyMatch(line -> line.startsWith("sold msat month="))
                .anyMatch(line -> line.startsWith("paid requests dear="));
        ServerLog.awaitAll(
                "lsat: plan month costs 5000 sat for any number of requests within 30 days of rules paid, dear, annotated,"
                        + " sold at /plans/lsat/plans/month",
                "lsat: paid: 5000000 msat for plan month, payment "
                        + token.paymentHash().substring(0, 8));
    }
}
