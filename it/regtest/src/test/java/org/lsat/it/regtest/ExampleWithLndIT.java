package org.lsat.it.regtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.lightningj.lnd.stateservice.proto.Stateservice;

/** What may be wrong with an LND, and what makes it right. */
abstract class ExampleWithLndIT extends ExampleIT {

    ExampleWithLndIT(RegtestNetwork network) {
        super(network);
    }

    /** Until the log says this of an unpaid request: a change on disk is seen a second later. */
    private void sellsNothingSince(String cause) throws Exception {
        Await.until(cause, BAR, () -> {
            assertThat(shop().get(FREE).status()).isEqualTo(200);
            return shop().get(RATE).status() == 503 && printed(cause) > 0;
        });
        for (int i = 0; i < 20; i++) {
            assertThat(shop().get(RATE).status()).isEqualTo(503);
        }
        assertThat(printed(cause)).as(cause).isEqualTo(1);
    }

    @Test
    void aLockedNodeSellsNothingAndTheLogSaysOnceWhatToDo() throws Exception {
        String pass = buy(PASS);
        LndNode alice = network().alice();
        alice.stop();
        alice.start(false);
        alice.awaitState(Stateservice.WalletState.LOCKED);
        sellsNothingSince("LND's wallet is locked; run lncli unlock");
        assertThat(shop().get(PASS, pass).status()).isEqualTo(200);

        alice.unlock();
        alice.awaitReady();
        sellsAgain();
    }

    @Test
    void aRenewedCertificateIsTakenFromItsFile() throws Exception {
        network().alice().stop();
        network().alice().forgetCertificate();
        network().startAlice();
        sellsAgain();
    }

    @Test
    void aWrongMacaroonSellsNothingAndARightOneInItsFileDoes() throws Exception {
        String pass = buy(PASS);
        Path aside = Files.copy(network().alice().readonlyMacaroon(), macaroon.resolveSibling("aside"));
        Files.move(aside, macaroon, StandardCopyOption.ATOMIC_MOVE);
        sellsNothingSince("LND does not accept lsat.lnd.macaroon for this; bake one as docs/lnd.md says");
        assertThat(shop().get(PASS, pass).status()).isEqualTo(200);

        Files.delete(macaroon);
        Bakery.bake(network().alice(), macaroon);
        sellsAgain();
    }
}
