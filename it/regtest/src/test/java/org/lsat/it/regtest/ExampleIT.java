package org.lsat.it.regtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The example sells with Alice's node, and Bob buys: on each server that extends this. */
@ExtendWith(Regtest.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ExampleIT {

    static final String RATE = "/api/rates/USD";
    private static final String BUNDLE = "/api/history/USD?from=2026-01-01&to=2026-02-01";
    static final String PASS = "/api/pro/USD";
    static final String FREE = "/api/currencies";

    /** Time to sell again after whatever it was is over. */
    static final Duration BAR = Duration.ofSeconds(5);

    private final RegtestNetwork network;
    private ExampleServer server;
    private Shop shop;
    Path macaroon;

    ExampleIT(RegtestNetwork network) {
        this.network = network;
    }

    /** Starts it. */
    abstract ExampleServer start(LndNode node, Path macaroon) throws Exception;

    /** Whoever makes the invoices dies. */
    void goAway() throws Exception {
        network.alice().stop();
    }

    /** And is there again. */
    void comeBack() throws Exception {
        network.startAlice();
    }

    /** What the log says in between. */
    String gone() {
        return "LND cannot be reached; start it, or correct lsat.lnd.target";
    }

    @BeforeAll
    void open(@TempDir Path directory) throws Exception {
        macaroon = directory.resolve("l402.macaroon");
        Bakery.bake(network.alice(), macaroon);
        server = start(network.alice(), macaroon);
        shop = server.shop();
    }

    @AfterAll
    void close() throws Exception {
        server.stop();
        assertThat(server.printed())
                .doesNotContain("lsat-node\"", "lsat-node]", "SEVERE", "memory leak", "LinkageError");
    }

    /** How often the log says this. */
    int printed(String text) throws IOException {
        return server.printed().split(Pattern.quote(text), -1).length - 1;
    }

    Shop shop() {
        return shop;
    }

    RegtestNetwork network() {
        return network;
    }

    String buy(String path) throws Exception {
        Shop.Answer challenge = shop.get(path);
        assertThat(challenge.status()).as(challenge.body()).isEqualTo(402);
        return challenge.token(network.pay(challenge.member("invoice")));
    }

    @Test
    void aPaymentOverTheChannelOpensOneRequest() throws Exception {
        String token = buy(RATE);

        Shop.Answer paid = shop.get(RATE, token);
        assertThat(paid.status()).as(paid.body()).isEqualTo(200);
        assertThat(paid.body()).contains("\"USD\"");
        assertThat(shop.get(RATE, token).status()).isEqualTo(402);
    }

    @Test
    void anInvoiceThatWasNotPaidOpensNothing() throws Exception {
        String stranger = buy(PASS);
        Shop.Answer challenge = shop.get(RATE);
        String preimage = stranger.substring(stranger.indexOf(':'));

        assertThat(shop.get(RATE, "L402 " + challenge.member("macaroon") + preimage)
                        .status())
                .isEqualTo(402);
    }

    @Test
    void aBundleIsCountedDown() throws Exception {
        String token = buy(BUNDLE);

        for (int left = 99; left > 96; left--) {
            Shop.Answer paid = shop.get(BUNDLE, token);
            assertThat(paid.status()).as(paid.body()).isEqualTo(200);
            assertThat(paid.usesLeft()).contains(Integer.toString(left));
        }
    }

    @Test
    void aPassOpensAlsoWhileTheNodeIsGoneAndNothingIsSoldThenAndSoonAfterwards() throws Exception {
        String pass = buy(PASS);
        assertThat(shop.get(PASS, pass).status()).isEqualTo(200);
        goAway();
        try {
            Shop.Answer unpaid = shop.get(RATE);
            assertThat(unpaid.status()).as(unpaid.body()).isEqualTo(503);
            assertThat(unpaid.retryAfter()).contains("5");
            assertThat(unpaid.member("reason")).isEqualTo("node-unavailable");
            assertThat(shop.get(PASS, pass).status()).isEqualTo(200);
            assertThat(shop.get(FREE).status()).isEqualTo(200);
        } finally {
            comeBack();
        }
        sellsAgain();
        assertThat(server.printed()).contains(gone());
    }

    void sellsAgain() throws Exception {
        Await.until("a 402 again", BAR, () -> shop.get(RATE).status() == 402);
        assertThat(shop.get(RATE, buy(RATE)).status()).isEqualTo(200);
    }
}
