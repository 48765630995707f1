package org.lsat.it.regtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleOnTomcatIT extends ExampleWithLndIT {

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
