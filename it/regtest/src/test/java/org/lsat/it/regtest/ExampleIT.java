package org.lsat.it.regtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lightningj.lnd.stateservice.proto.Stateservice;

/** The example sells with Alice's node, and Bob buys: on each server that extends this. */
@ExtendWith(Regtest.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ExampleIT {

    static final String RATE = "/api/rates/USD";
    private static final String BUNDLE = "/api/history/USD?from=2026-01-01&to=2026-02-01";
    static final String PASS = "/api/pro/USD";
    static final String FREE = "/api/currencies";

    /** Time to sell again after whatever it was is over. */
    private static final Duration BAR = Duration.ofSeconds(5);

    private final RegtestNetwork network;
    private ExampleServer server;
    private Shop shop;
    private Path macaroon;

    ExampleIT(RegtestNetwork network) {
        this.network = network;
    }

    /** Starts it. */
    abstract ExampleServer start(LndNode node, Path macaroon) throws Exception;

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
        assertThat(server.printed()).doesNotContain("lsat-lnd\"", "lsat-lnd]", "SEVERE", "memory leak", "LinkageError");
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
        network.alice().stop();
        try {
            Shop.Answer unpaid = shop.get(RATE);
            assertThat(unpaid.status()).as(unpaid.body()).isEqualTo(503);
            assertThat(unpaid.retryAfter()).contains("5");
            assertThat(unpaid.member("reason")).isEqualTo("node-unavailable");
            assertThat(shop.get(PASS, pass).status()).isEqualTo(200);
            assertThat(shop.get(FREE).status()).isEqualTo(200);
        } finally {
            network.startAlice();
        }
        sellsAgain();
        assertThat(server.printed()).contains("LND cannot be reached; start it, or correct lsat.lnd.target");
    }

    void sellsAgain() throws Exception {
        Await.until("a 402 again", BAR, () -> shop.get(RATE).status() == 402);
        assertThat(shop.get(RATE, buy(RATE)).status()).isEqualTo(200);
    }

    /** Until the log says this of an unpaid request: a change on disk is seen a second later. */
    private void sellsNothingSince(String cause) throws Exception {
        Await.until(cause, BAR, () -> {
            assertThat(shop.get(FREE).status()).isEqualTo(200);
            return shop.get(RATE).status() == 503 && printed(cause) > 0;
        });
        for (int i = 0; i < 20; i++) {
            assertThat(shop.get(RATE).status()).isEqualTo(503);
        }
        assertThat(printed(cause)).as(cause).isEqualTo(1);
    }

    @Test
    void aLockedNodeSellsNothingAndTheLogSaysOnceWhatToDo() throws Exception {
        String pass = buy(PASS);
        LndNode alice = network.alice();
        alice.stop();
        alice.start(false);
        alice.awaitState(Stateservice.WalletState.LOCKED);
        sellsNothingSince("LND's wallet is locked; run lncli unlock");
        assertThat(shop.get(PASS, pass).status()).isEqualTo(200);

        alice.unlock();
        alice.awaitReady();
        sellsAgain();
    }

    @Test
    void aRenewedCertificateIsTakenFromItsFile() throws Exception {
        network.alice().stop();
        network.alice().forgetCertificate();
        network.startAlice();
        sellsAgain();
    }

    @Test
    void aWrongMacaroonSellsNothingAndARightOneInItsFileDoes() throws Exception {
        String pass = buy(PASS);
        Path aside = Files.copy(network.alice().readonlyMacaroon(), macaroon.resolveSibling("aside"));
        Files.move(aside, macaroon, StandardCopyOption.ATOMIC_MOVE);
        sellsNothingSince("LND does not accept lsat.lnd.macaroon for this; bake one as docs/lnd.md says");
        assertThat(shop.get(PASS, pass).status()).isEqualTo(200);

        Files.delete(macaroon);
        Bakery.bake(network.alice(), macaroon);
        sellsAgain();
    }
}
