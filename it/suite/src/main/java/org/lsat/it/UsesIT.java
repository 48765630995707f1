package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.Shop.Token;
import org.lsat.protocol.Caveat;
import org.lsat.protocol.Macaroon;
import org.lsat.protocol.MacaroonCodec;
import org.lsat.protocol.PaymentHash;
import org.lsat.protocol.RootKeys;
import org.lsat.protocol.Secret;

/** The count belongs to the payment and is exact, however many ask at once. */
class UsesIT extends OnEveryServer {

    private static final int BOUGHT = 5;

    @Test
    void jmxShowsWhatWasSoldAndTheLogSaysSoOnce() throws IOException {
        long before = number("first uses exact");
        Token token = SHOP.buy("/exact/one");
        SHOP.get("/exact/one", token.header());
        SHOP.get("/exact/one", token.header());

        assertThat(number("first uses exact")).isEqualTo(before + 1);
        assertThat(number("sold msat exact")).isEqualTo(2_000 * (before + 1));
        assertThat(number("challenges exact")).isGreaterThanOrEqualTo(2);
        assertThat(SHOP.get("/statistics").body()).contains("node=ok");
        String line = "lsat: paid: 2000 msat for rule exact, payment "
                + token.paymentHash().substring(0, 8);
        ServerLog.awaitAll(line);
        assertThat(ServerLog.text().split(line, -1)).hasSize(2);
    }

    private static long number(String name) throws IOException {
        return SHOP.get("/statistics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "="))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .sum();
    }

    @Test
    void onePaymentBuysOneRequest() throws IOException {
        Token token = ROOT.buy("/api/paid/x");
        Answer first = ROOT.get("/api/paid/x", token.header());
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body()).contains("access=paid 0 1000");
        assertThat(first.header("L402-Uses-Left")).contains("0");
        Answer second = ROOT.get("/api/paid/x", token.header());
        assertThat(second.status()).isEqualTo(402);
        assertThat(second.member("reason")).isEqualTo("used-up");
        assertThat(second.all("WWW-Authenticate")).hasSize(2);
    }

    @Test
    void ofFiveTimesAsManyParallelUsesExactlyTheBoughtOnesAreServed() throws Exception {
        for (Shop shop : shops()) {
            Token token = shop.buy("/bundle/x");
            List<Token> same = new ArrayList<>();
            for (int i = 0; i < 5 * BOUGHT; i++) {
                same.add(token);
            }
            assertExactlyBoughtAreServed(shop, same);
        }
    }

    @Test
    void twoMacaroonsOverOnePaymentAndNarrowedCopiesShareTheCount() throws Exception {
        Token token = ROOT.buy("/bundle/x");
        Token second = new Token(mintedAgain(token).base64(), token.preimage());
        Token copy = new Token(decoded(token).narrow(Caveat.parse("note=copy")).base64(), token.preimage());
        List<Token> mixed = new ArrayList<>();
        for (int i = 0; i < 5 * BOUGHT; i++) {
            mixed.add(i % 3 == 0 ? token : i % 3 == 1 ? second : copy);
        }
        assertExactlyBoughtAreServed(ROOT, mixed);
    }

    private static void assertExactlyBoughtAreServed(Shop shop, List<Token> tokens)
            throws InterruptedException, ExecutionException {
        assertThat(AtOnce.statuses(shop, "/bundle/x", tokens))
                .isSubsetOf(200, 402, 503)
                .filteredOn(status -> status == 200)
                .hasSize(BOUGHT);
    }

    /** As a server would that signs a second token over one invoice. */
    private static Macaroon mintedAgain(Token token) {
        RootKeys keys = RootKeys.derive("suite", "dev", Secret.of(TestWar.SECRET), List.of());
        long end = System.currentTimeMillis() / 1000 + 3600;
        return keys.mint(
                PaymentHash.ofHex(token.paymentHash()),
                new RootKeys.Purchase("bundle", BOUGHT, 100_000),
                end,
                RandomGenerator.getDefault());
    }

    private static Macaroon decoded(Token token) {
        return Objects.requireNonNull(
                MacaroonCodec.decode(java.util.Base64.getDecoder().decode(token.macaroon())));
    }

    @Test
    void aCopyThatItsHolderLimitedClosesEarlierThanThePayment() throws IOException {
        Token token = ROOT.buy("/bundle/x");
        Token limited =
                new Token(decoded(token).narrow(Caveat.parse("bundle_uses=2")).base64(), token.preimage());
        assertThat(ROOT.get("/bundle/x", limited.header()).status()).isEqualTo(200);
        assertThat(ROOT.get("/bundle/x", token.header()).status()).isEqualTo(200);
        assertThat(ROOT.get("/bundle/x", limited.header()).member("reason")).isEqualTo("used-up");
        assertThat(ROOT.get("/bundle/x", token.header()).status()).isEqualTo(200);
    }

    @Test
    void whileTheLastUseIsUnderWayTheTokenIsToldToComeBackAndNotToPay() throws Exception {
        for (Shop shop : shops()) {
            Token token = shop.buy("/bundle/x");
            for (int i = 0; i < BOUGHT - 1; i++) {
                shop.get("/bundle/x", token.header());
            }
            ExecutorService client = Executors.newSingleThreadExecutor();
            try {
                Future<Answer> slow = client.submit(() -> shop.get("/bundle/slow", token.header()));
                assertThat(shop.get("/entered").status()).isEqualTo(204);
                Answer meanwhile = shop.get("/bundle/x", token.header());
                assertThat(meanwhile.status()).isEqualTo(503);
                assertThat(meanwhile.member("reason")).isEqualTo("in-flight");
                assertThat(meanwhile.header("Retry-After")).contains("1");
                assertThat(meanwhile.all("WWW-Authenticate")).isEmpty();
                shop.get("/release");
                assertThat(slow.get().status()).isEqualTo(200);
                assertThat(shop.get("/bundle/x", token.header()).member("reason"))
                        .isEqualTo("used-up");
            } finally {
                client.shutdownNow();
            }
        }
    }

    @Test
    void headIsOneUse() throws IOException {
        Token token = ROOT.buy("/bundle/x");
        Answer head = ROOT.send("HEAD", "/bundle/x", token.header());
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("L402-Uses-Left")).contains("4");
        assertThat(ROOT.get("/bundle/x", token.header()).header("L402-Uses-Left"))
                .contains("3");
    }

    @Test
    void aPassOpensAnyNumberOfRequestsAndCountsNone() throws IOException {
        Token token = SHOP.buy("/pass/x");
        for (int i = 0; i < 20; i++) {
            Answer answer = SHOP.get("/pass/x", token.header());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("L402-Uses-Left")).isEmpty();
        }
    }
}
