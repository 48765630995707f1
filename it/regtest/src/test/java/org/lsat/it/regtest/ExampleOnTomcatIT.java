package org.lsat.it.regtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lsat.protocol.Bolt11;

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

    /** What R4 of the bars is about: each is right for somebody else. */
    enum Foreign {
        CERTIFICATE("does not prove to be the node; set lsat.lnd.cert to the tls.cert that LND uses now"),
        MACAROON("LND does not accept lsat.lnd.macaroon"),
        NETWORK("is for network bcrt, and lsat.network says bc");

        private final String cause;

        Foreign(String cause) {
            this.cause = cause;
        }

        private Map<String, String> in(Map<String, String> settings, LndNode other) {
            switch (this) {
                case CERTIFICATE ->
                    settings.put("LSAT_LND_CERT", other.certificate().toString());
                case MACAROON ->
                    settings.put("LSAT_LND_MACAROON", other.adminMacaroon().toString());
                case NETWORK -> settings.put("LSAT_NETWORK", "mainnet");
            }
            return settings;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOfAnotherNodeOrNetworkSellsNothingAndTheLogSaysSo(Foreign foreign) throws Exception {
        long before = network().alice().invoices();
        ExampleServer another = another(
                foreign.in(settings(network().alice(), macaroon), network().bob()));
        for (int i = 0; i < 20; i++) {
            assertThat(another.shop().get(RATE).status()).isEqualTo(503);
        }
        assertThat(another.shop().get(FREE).status()).isEqualTo(200);
        another.stop();

        // Once at the start, which is a line of its own, and once for all who asked.
        assertThat(another.printed().lines().filter(line -> line.contains(foreign.cause)))
                .hasSize(foreign == Foreign.NETWORK ? 1 : 2);
        if (foreign != Foreign.NETWORK) {
            assertThat(network().alice().invoices()).isEqualTo(before);
        }
    }

    /** R5 of the bars, whose own number is {@code -Dregtest.deaths=200}: four seconds each. */
    @Test
    void howeverOftenTheNodeDiesWhileItSellsEveryAnswerIs402Or503AndEachInvoiceIsKnownToIt() throws Exception {
        int deaths = Integer.getInteger("regtest.deaths", 2);
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < deaths; i++) {
            Burst burst = Burst.of(shop(), RATE);
            network().alice().running().kill();
            List<Shop.Answer> answers = burst.end();
            network().startAlice();
            for (Shop.Answer answer : answers) {
                statuses.merge(answer.status(), 1, Integer::sum);
                if (answer.status() == 402) {
                    String bolt11 = answer.member("invoice");
                    byte[] paymentHash = Bolt11.parse(bolt11).paymentHash().bytes();
                    assertThat(network().alice().lookUp(paymentHash).getPaymentRequest())
                            .isEqualTo(bolt11);
                }
            }
            sellsAgain();
        }
        System.out.println(getClass().getSimpleName() + ", R5, the node died " + deaths + " times: " + statuses);
        assertThat(statuses).containsOnlyKeys(402, 503);
    }
}
