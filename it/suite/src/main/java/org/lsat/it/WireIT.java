package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.Shop.Token;

/** The answers as they are on the wire of a real server. */
class WireIT extends OnEveryServer {

    @Test
    void theChallengeIsTwoFieldLinesInTheFormThatEveryClientReads() throws IOException {
        Answer answer = SHOP.get("/pass/x");
        String macaroon = answer.member("macaroon");
        String invoice = answer.member("invoice");
        String pair = " macaroon=\"" + macaroon + "\", invoice=\"" + invoice + "\"";
        assertThat(answer.all("WWW-Authenticate"))
                .containsExactly("LSAT" + pair, "L402" + pair + ", version=\"0\", token=\"" + macaroon + "\"");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Content-Type")).contains("application/problem+json;charset=UTF-8");
        assertThat(macaroon).matches("[A-Za-z0-9+/]+=*");
        assertThat(invoice).startsWith("lnbcrt").isLowerCase();
    }

    @Test
    void theBodySaysWhatIsSoldForHowMuchAndUntilWhen() throws IOException {
        Answer answer = SHOP.get("/bundle/x");
        assertThat(answer.member("type")).isEqualTo("urn:lsat:payment-required");
        assertThat(answer.member("status")).isEqualTo("402");
        assertThat(answer.member("reason")).isEqualTo("payment-required");
        assertThat(answer.member("amountMsat")).isEqualTo("100000");
        assertThat(answer.member("priceSats")).isEqualTo("100");
        assertThat(answer.member("realm")).isEqualTo("suite");
        assertThat(answer.member("rule")).isEqualTo("bundle");
        assertThat(answer.member("uses")).isEqualTo("5");
        assertThat(answer.member("devWallet")).isEqualTo("/shop/lsat/dev/pay");
        Instant expiresAt = Instant.parse(answer.member("expiresAt"));
        Instant validUntil = Instant.parse(answer.member("validUntil"));
        assertThat(Duration.between(expiresAt, validUntil)).isEqualTo(Duration.ofDays(365));
        assertThat(Duration.between(Instant.now(), expiresAt)).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
        assertThat(SHOP.get("/pass/x").member("uses")).isEqualTo("null");
    }

    @Test
    void aPaidAnswerSaysWhatIsLeftAndUntilWhenAndIsPrivate() throws IOException {
        Token token = ROOT.buy("/bundle/x");
        Answer answer = ROOT.get("/bundle/x", token.header());
        assertThat(answer.header("L402-Uses-Left")).contains("4");
        assertThat(Instant.parse(answer.header("L402-Valid-Until").orElseThrow()))
                .isAfter(Instant.now());
        assertThat(answer.header("Cache-Control")).contains("private");
        assertThat(answer.header("Vary")).contains("Authorization, Macaroon, Grpc-Metadata-Macaroon");
    }

    @Test
    void anUnpaidHeadHasTheHeadersOfItsGetAndNoBody() throws IOException {
        Answer answer = ROOT.send("HEAD", "/api/paid/x");
        assertThat(answer.status()).isEqualTo(402);
        assertThat(answer.all("WWW-Authenticate")).hasSize(2);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aBadTargetGetsAConstantBody() throws IOException {
        Answer one = ROOT.get("/api/./paid/x");
        Answer other = SHOP.get("/anything;secret=%252e");
        assertThat(one.status()).isEqualTo(400);
        assertThat(one.body()).isEqualTo(other.body()).contains("\"reason\":\"bad-target\"");
    }

    @Test
    void theBodyOfAnUnpaidRequestIsNotRead() throws IOException {
        // More is announced than is sent: whoever read the body would find it cut off, and fail.
        Answer answer = ROOT.http()
                .exchange(
                        "POST /api/paid/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 100000\r\n\r\nabc");
        assertThat(answer.status()).isEqualTo(402);
    }

    @Test
    void aTokenOfOneApplicationIsForItsRealmNotForItsContextPath() throws IOException {
        Token token = ROOT.buy("/pass/x");
        assertThat(SHOP.get("/pass/x", token.header()).status()).isEqualTo(200);
    }

    @Test
    void theDevWalletPaysOnlyInvoicesOfItsOwn() throws IOException {
        Answer unknown = ROOT.http().send("POST", "/lsat/dev/pay", "{\"invoice\":\"lnbcrt10n1unknown\"}");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.header("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(ROOT.get("/lsat/dev/pay").status()).isEqualTo(405);
        assertThat(ROOT.http().send("POST", "/lsat/dev/pay", "no json").status())
                .isEqualTo(400);
    }

    @Test
    void theServerRunsOnTheJavaThatItIsToBeTestedOn() throws IOException {
        assumeThat(Server.KIND).as("has an adapter that can be told").isIn(Server.TOMCAT, Server.WILDFLY);
        Path meant = Path.of(System.getProperty("server.java.home"));
        assertThat(Path.of(ROOT.get("/java-home").body()).toRealPath()).isEqualTo(meant.toRealPath());
    }
}
