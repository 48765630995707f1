package org.lsat.it.regtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lsat.testkit.FakeCertificate;
import org.lsat.testkit.FakeLnd;

/**
 * The example on Tomcat with a node that is silent, slow, or another one: the bars R2 to R4, as clients of HTTP see them. The
 * bars' own numbers are {@code -Dfaulty.time=PT60S -Dfaulty.percent=99}, for a machine that has nothing else to do.
 */
class FaultyNodeIT {

    private static final String RATE = ExampleIT.RATE;
    private static final String PASS = ExampleIT.PASS;
    private static final Duration BAR = Duration.ofSeconds(5);
    private static final int CLIENTS = 200;
    private static final Duration TIME = Duration.parse(System.getProperty("faulty.time", "PT6S"));
    private static final int PERCENT = Integer.getInteger("faulty.percent", 95);
    private static final Duration TO_SETTLE = Duration.ofSeconds(4);
    private static final int MOST_IN_CALLS = 16;

    /** Who waits for a turn waits a second; whoever took less was the excess. */
    private static final Duration HALF_A_TURN = Duration.ofMillis(500);

    /** For a thread to be woken, on a machine that does other things, too. */
    private static final Duration SLACK = Duration.ofMillis(500);

    @TempDir
    Path directory;

    private FakeLnd lnd;
    private Path certificate;
    private ExampleServer server;
    private Shop shop;
    private String pass;

    @BeforeEach
    void open() throws Exception {
        lnd = FakeLnd.start(directory, InstantSource.system(), "bcrt");
        certificate = Files.copy(lnd.certificate(), directory.resolve("pinned.cert"));
        server = ExampleServer.anotherTomcat(settings());
        shop = server.shop();
        Shop.Answer challenge = shop.get(PASS);
        pass = challenge.token(lnd.node().preimageOf(challenge.member("invoice")));
        assertThat(shop.get(PASS, pass).status()).isEqualTo(200);
    }

    @AfterEach
    void close() throws Exception {
        server.stop();
        lnd.close();
    }

    private Map<String, String> settings() {
        return ExampleServer.settings(lnd.target(), certificate, lnd.macaroon());
    }

    private int printed(String text) throws IOException {
        return server.printed().split(Pattern.quote(text), -1).length - 1;
    }

    private Crowd crowd(Duration time) throws Exception {
        return Crowd.of(CLIENTS, time, shop, RATE, PASS, pass);
    }

    private static <T> Future<T> background(Callable<T> work) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<T> result = thread.submit(work);
        thread.shutdown();
        return result;
    }

    private void sellsNothing(String cause) throws Exception {
        Await.until(cause, BAR, () -> shop.get(RATE).status() == 503 && printed(cause) > 0);
        int before = lnd.calls();
        for (int i = 0; i < 20; i++) {
            assertThat(shop.get(RATE).status()).isEqualTo(503);
        }
        assertThat(printed(cause)).as(cause).isEqualTo(1);
        assertThat(shop.get(PASS, pass).status()).isEqualTo(200);
        assertThat(lnd.calls()).as("calls that came to the node").isEqualTo(before);
    }

    private void sellsAgain() throws Exception {
        Await.until("a 402 again", BAR, () -> shop.get(RATE).status() == 402);
    }

    @Test
    void r2ASilentNodeCostsBuyersTheDeadlineAtMostAndHoldersNothing() throws Exception {
        crowd(TO_SETTLE); // Warms the server up.
        Crowd healthy = crowd(TIME);
        lnd.beSilent(true);
        Future<Crowd> first = background(() -> crowd(TO_SETTLE));
        long inCalls = 0;
        while (!first.isDone()) {
            inCalls = Math.max(inCalls, server.threadsIn("org.lsat.invoice.node.NodeCalls.answered"));
        }
        Crowd crowd = crowd(TIME);
        System.out.println("R2, the node answers: " + healthy + "\nR2, the node is silent, at first: " + first.get()
                + ", " + inCalls + " threads in calls\nR2, and then: " + crowd);

        assertThat(healthy.unpaid().statuses()).containsKey(402);
        assertThat(crowd.unpaid().statuses()).containsOnlyKeys(503);
        assertThat(crowd.unpaid().percentile(100))
                .isLessThan(Duration.ofSeconds(2).plus(SLACK));
        assertThat(inCalls).isBetween(1L, (long) MOST_IN_CALLS);
        assertThat(crowd.paid().statuses()).containsOnlyKeys(200);
        assertThat(crowd.paid().percentile(99))
                .isLessThan(healthy.paid().percentile(99).multipliedBy(2));

        lnd.beSilent(false);
        sellsAgain();
    }

    @Test
    void r3OfTooManyWhoWaitForASlowNodeTheExcessIsTurnedAwayAtOnce() throws Exception {
        crowd(TO_SETTLE); // Warms the server up.
        lnd.answerAfter(Duration.ofSeconds(1));
        Crowd crowd = crowd(TIME);
        Duration excess = crowd.refused().percentileWithin(HALF_A_TURN, PERCENT);
        System.out.println("R3, the node takes a second: " + crowd + ", the excess within " + excess);

        assertThat(crowd.unpaid().statuses()).containsOnlyKeys(402, 503);
        // Holders tell how busy the machine is with other things.
        Duration machine = crowd.paid().percentile(99).multipliedBy(2);
        Duration bar = Duration.ofMillis(50);
        assertThat(excess).isLessThan(machine.compareTo(bar) > 0 ? machine : bar);
        assertThat(crowd.paid().statuses()).containsOnlyKeys(200);
    }

    @Test
    void r4ANodeThatDoesNotProveToBeOursIsAskedForNothing() throws Exception {
        Path other = Files.writeString(
                directory.resolve("other.cert"), FakeCertificate.of("localhost").certificatePem());
        Files.move(other, certificate, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        sellsNothing("does not prove to be the node; set lsat.lnd.cert to the tls.cert that LND uses now");

        Files.copy(lnd.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
        sellsAgain();
    }

    @Test
    void r4AMacaroonThatTheNodeDoesNotKnowSellsNothing() throws Exception {
        lnd.revokeMacaroons();
        sellsNothing("LND does not accept lsat.lnd.macaroon");

        lnd.bake(FakeLnd.LEAST);
        sellsAgain();
    }

    @Test
    void r4InvoicesOfAnotherNetworkAreNotSold() throws Exception {
        Map<String, String> settings = settings();
        settings.put("LSAT_NETWORK", "mainnet");
        ExampleServer another = ExampleServer.anotherTomcat(settings);
        for (int i = 0; i < 20; i++) {
            assertThat(another.shop().get(RATE).status()).isEqualTo(503);
        }
        assertThat(another.printed()).containsOnlyOnce("lsat.network");
        another.stop();
    }
}
