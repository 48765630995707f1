package org.lsat.it.regtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lightningj.lnd.stateservice.proto.Stateservice;

class ExampleOnTomcatIT extends ExampleIT {

    ExampleOnTomcatIT(RegtestNetwork network) {
        super(network);
    }

    @Override
    ExampleServer start(LndNode node, Path macaroon) throws Exception {
        return ExampleServer.tomcat(settings(node, macaroon));
    }

    /** What the application is told. */
    Map<String, String> settings(LndNode node, Path macaroon) {
        return ExampleServer.settings(node, macaroon);
    }

    /** Starts it a second time. */
    ExampleServer another(Map<String, String> settings) throws Exception {
        return ExampleServer.anotherTomcat(settings);
    }

    /** R1 of the bars. */
    @Test
    void whileTheNodeIsDownOnlySellingStopsAndQuickly() throws Exception {
        String pass = buy(PASS);
        network().alice().stop();
        try {
            // Opens the breaker, and warms the server up.
            Load.of(300, shop(), RATE, PASS, pass, FREE);
            Load load = Load.of(1_000, shop(), RATE, PASS, pass, FREE);
            System.out.println(getClass().getSimpleName() + ", R1, the node is down: " + load);
            assertThat(load.unpaid().statuses()).containsOnlyKeys(503);
            // Free requests tell how busy the machine is with other things.
            Duration machine = load.free().percentile(99).multipliedBy(2);
            Duration bar = Duration.ofMillis(100);
            assertThat(load.unpaid().percentile(99)).isLessThan(machine.compareTo(bar) > 0 ? machine : bar);
            assertThat(load.paid().statuses()).containsOnlyKeys(200);
            assertThat(load.free().statuses()).containsOnlyKeys(200);
        } finally {
            network().startAlice();
        }
        long begin = System.nanoTime();
        Await.until("a 402 again", Duration.ofSeconds(5), () -> shop().get(RATE).status() == 402);
        System.out.printf(
                "%s, R1, a 402 again %.1f s after the node is ready.%n",
                getClass().getSimpleName(), (System.nanoTime() - begin) / 1e9);
    }

    @Test
    void theLogNamesEachCauseWithItsCureOnce() throws Exception {
        LndNode alice = network().alice();
        alice.stop();
        shop().get(RATE);
        alice.start(false);
        alice.awaitState(Stateservice.WalletState.LOCKED);
        Await.until("refused as locked", Duration.ofSeconds(5), () -> {
            shop().get(RATE);
            return printed("LND's wallet is locked; run lncli unlock") > 0;
        });
        for (int i = 0; i < 20; i++) {
            assertThat(shop().get(RATE).status()).isEqualTo(503);
        }
        assertThat(printed("LND's wallet is locked; run lncli unlock")).isEqualTo(1);
        assertThat(printed("LND cannot be reached; start it, or correct lsat.lnd.target"))
                .isPositive();
        alice.unlock();
        alice.awaitReady();
        Await.until("a 402 again", Duration.ofSeconds(5), () -> shop().get(RATE).status() == 402);
    }

    @Test
    void theApplicationStartsWithADeadNodeAndSellsWhenItComes(@TempDir Path directory) throws Exception {
        Path macaroon = directory.resolve("l402.macaroon");
        Bakery.bake(network().alice(), macaroon);
        network().alice().stop();
        ExampleServer another;
        try {
            another = another(settings(network().alice(), macaroon));
            assertThat(another.shop().get(RATE).status()).isEqualTo(503);
            assertThat(another.printed()).contains("no invoices for now: LND cannot be reached");
        } finally {
            network().startAlice();
        }
        Await.until(
                "a 402", Duration.ofSeconds(5), () -> another.shop().get(RATE).status() == 402);
        another.stop();
    }
}
