package org.lsat.example;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaidCallTest {

    private static final String BASE = "http://127.0.0.1:8402";

    @Test
    void theLineIsOneLine() {
        assertThat(new PaidCall(BASE, true).line())
                .startsWith("(u=" + BASE + "; ")
                .endsWith("; echo)")
                .doesNotContain("\n");
    }

    @Test
    void playMoneyIsPaidByTheWalletInTheServer() {
        assertThat(new PaidCall(BASE, true).line()).contains("$u/lsat/dev/pay");
    }

    @Test
    void realMoneyIsPaidByAPersonWhoTypesTheReceipt() {
        assertThat(new PaidCall(BASE, false).line())
                .contains("; echo \"$i\"; read -r p; ")
                .doesNotContain("/lsat/dev/pay");
    }

    /** An interactive bash would take it for an event of its history, even between double quotes. */
    @Test
    void theLineHasNoExclamationMark() {
        assertThat(new PaidCall(BASE, true).line()).doesNotContain("!");
    }
}
