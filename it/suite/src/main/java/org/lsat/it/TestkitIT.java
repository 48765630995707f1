package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.lsat.PaidToken;
import org.lsat.testkit.TestTokens;
import org.lsat.testkit.TestWallet;

/** What docs/testing.md tells users to write. */
class TestkitIT extends OnEveryServer {

    private static final URI APPLICATION =
            URI.create("http://127.0.0.1:" + Integer.getInteger("server.http.port") + "/shop");

    private static String read(PaidToken token) throws IOException {
        return SHOP.get("/api/paid/x", "Authorization: " + token.authorization())
                .body();
    }

    @Test
    void aTestHasAPaidTokenInThreeLines() throws IOException {
        TestWallet wallet = TestWallet.at(APPLICATION);
        PaidToken token = wallet.pay("/api/paid/x");
        assertThat(read(token)).contains("PAID-CONTENT access=paid 0");
        assertThat(SHOP.send(
                                "POST",
                                "/posts/x",
                                "Authorization: "
                                        + wallet.pay("POST", "/posts/x").authorization())
                        .body())
                .contains("PAID-CONTENT access=posts");
        assertThat(SHOP.get(
                                "/api/paid/x",
                                "Macaroon: " + wallet.pay("/api/paid/x").macaroonField())
                        .body())
                .contains("PAID-CONTENT access=paid");
    }

    @Test
    void aTestMintsATokenWithoutAPayment() throws IOException {
        TestTokens tokens = TestTokens.of("suite", TestWar.SECRET);
        assertThat(read(tokens.mint("paid"))).contains("PAID-CONTENT access=paid");
        assertThat(read(tokens.uses(2).mint("paid"))).contains("PAID-CONTENT access=paid 1");
        assertThat(read(tokens.network("regtest").mint("paid"))).contains("\"reason\":\"invalid\"");
    }

    @Test
    void aWalletSaysWhyItCannotPay() {
        TestWallet wallet = TestWallet.at(APPLICATION);
        assertThatThrownBy(() -> wallet.pay("/free"))
                .hasMessageContaining("/shop/free was answered with")
                .hasMessageContaining("is lsat.enabled not false");
    }
}
