package org.lsat.invoice.lnd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.lsat.Invoice;
import org.lsat.InvoiceException;
import org.lsat.InvoiceRequest;
import org.lsat.InvoiceSource;
import org.lsat.invoice.node.NodeThreads;
import org.lsat.protocol.Preimage;
import org.lsat.testkit.FakeLnd;
import org.lsat.testkit.InvoiceSourceContract;

@ParameterizedClass
@EnumSource(Door.class)
class LndInvoicesTest extends InvoiceSourceContract {

    static final InvoiceRequest REQUEST = new InvoiceRequest(10_000, "weather forecast", Duration.ofMinutes(10));

    @TempDir
    Path directory;

    private final Door door;
    private FakeLnd lnd;
    private LndInvoices invoices;

    LndInvoicesTest(Door door) {
        this.door = door;
    }

    @BeforeEach
    void start() throws Exception {
        lnd = FakeLnd.start(directory, InstantSource.system(), "bcrt");
        invoices = door.open(door.settings(lnd));
        // The first call of a JVM takes longer than the others.
        createsAgainWithin(Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() {
        invoices.close();
        lnd.close();
    }

    @Override
    protected InvoiceSource source() {
        return invoices;
    }

    @Override
    protected String network() {
        return "bcrt";
    }

    @Override
    protected Instant now() {
        return Instant.now();
    }

    @Override
    protected Preimage pay(Invoice invoice) {
        lnd.settle(invoice.paymentHash());
        return lnd.node().preimageOf(invoice.bolt11());
    }

    private InvoiceException refused() {
        try {
            throw new AssertionError("not refused: " + invoices.create(REQUEST));
        } catch (InvoiceException e) {
            return e;
        }
    }

    /** Polls: what happens may take a moment, and no more than the bar. */
    private void createsAgainWithin(Duration bar) throws InterruptedException {
        long end = System.nanoTime() + bar.toNanos();
        while (true) {
            try {
                invoices.create(REQUEST);
                return;
            } catch (InvoiceException e) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("no invoice within " + bar, e);
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    /** Polls, as a change on disk is seen at most a second later. */
    private void refusedWith(String text) throws InterruptedException {
        String last = "not refused";
        for (int i = 0; i < 200; i++) {
            try {
                invoices.create(REQUEST);
            } catch (InvoiceException e) {
                last = String.valueOf(e.getMessage());
                if (last.contains(text)) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(last).contains(text);
    }

    @Test
    void aNodeThatIsGoneIsReportedWithTheCureAndFoundAgain() throws Exception {
        invoices.create(REQUEST);
        lnd.stop();

        refusedWith("LND cannot be reached; start it, or correct lsat.lnd.target (");
        assertThat(refused().retryAfter()).isEqualTo(Duration.ofSeconds(5));

        lnd.start();
        createsAgainWithin(Duration.ofSeconds(5));
    }

    @Test
    void aNodeThatRestartsBetweenTwoRequestsIsNotNoticed() throws Exception {
        for (int i = 0; i < 5; i++) {
            invoices.create(REQUEST);
            lnd.stop();
            lnd.start();
            createsAgainWithin(Duration.ofSeconds(2));
        }
    }

    @Test
    void theStatesOfAWalletAreToldApart() throws Exception {
        Map<Status, String> cures = Map.of(
                FakeLnd.LOCKED, "run lncli unlock",
                FakeLnd.NO_WALLET, "run lncli create",
                FakeLnd.STARTING, "LND is starting");
        for (Map.Entry<Status, String> state : cures.entrySet()) {
            lnd.failWith(state.getKey());
            refusedWith(state.getValue());
            lnd.failWith(null);
            createsAgainWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void aMacaroonThatIsNotAllowedToMakeInvoicesIsReportedAndTheNextOneIsReadFromTheFile() throws Exception {
        lnd.bake(List.of("uri:/lnrpc.Lightning/LookupInvoice"));
        refusedWith("LND does not accept lsat.lnd.macaroon for this; bake one as docs/lnd.md says "
                + door.refusal("permission denied)"));

        lnd.bake(FakeLnd.LEAST);
        createsAgainWithin(Duration.ofSeconds(5));
    }

    @Test
    void aRevokedMacaroonIsReportedAndTheNextOneIsReadFromTheFile() throws Exception {
        lnd.revokeMacaroons();
        refusedWith("verification failed");

        lnd.bake(FakeLnd.LEAST);
        createsAgainWithin(Duration.ofSeconds(5));
    }

    @Test
    void aRenewedCertificateIsReadFromTheFile() throws Exception {
        invoices.create(REQUEST);
        lnd.stop();
        lnd.renewCertificate();
        lnd.start();

        createsAgainWithin(Duration.ofSeconds(5));
    }

    @Test
    void noCallReachesANodeThatShowsAnotherCertificate() throws Exception {
        Path pinned = directory.resolve("pinned.cert");
        Files.copy(lnd.certificate(), pinned);
        Map<String, String> settings = door.settings(lnd);
        settings.put("lsat.lnd.cert", pinned.toString());
        lnd.stop();
        lnd.renewCertificate();
        lnd.start();
        int before = lnd.calls();
        invoices.close();
        invoices = door.open(settings);

        refusedWith("does not prove to be the node; set lsat.lnd.cert to the tls.cert that LND uses now");
        for (int i = 0; i < 20; i++) {
            refused();
        }
        assertThat(lnd.calls()).isEqualTo(before);
    }

    @Test
    void aNodeThatSaysNothingCostsNoMoreThanTheDeadline() throws Exception {
        invoices.create(REQUEST);
        lnd.beSilent(true);

        long begin = System.nanoTime();
        InvoiceException silence = refused();
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(990), Duration.ofMillis(1_500));
        assertThat(silence).hasMessageContaining("LND does not answer within lsat.lnd.deadline");

        lnd.beSilent(false);
        createsAgainWithin(Duration.ofSeconds(5));
    }

    @Test
    void aHostThatTakesTheConnectionAndSaysNothingCostsNoMoreThanTheDeadline() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Map<String, String> settings = door.settings(lnd);
            settings.put("lsat.lnd.target", "127.0.0.1:" + mute.getLocalPort());
            invoices.close();
            invoices = door.open(settings);

            long begin = System.nanoTime();
            assertThat(refused()).hasMessageContaining("LND does not answer");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(1_500));
            invoices.close();
            assertThat(threadsOfOurs()).isEmpty();
        }
    }

    private static List<Thread> threadsOfOurs() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(NodeThreads.NAME))
                .toList();
    }

    @Test
    void anAnswerThatComesTooLateIsForTheNextWhoAsksForTheSame() throws Exception {
        invoices.create(REQUEST);
        int made = lnd.node().calls();
        lnd.answerAfter(Duration.ofMillis(1_200));
        refused();
        lnd.answerAfter(Duration.ZERO);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (invoices.unclaimed() == 0 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }

        Invoice late = invoices.create(REQUEST);
        assertThat(lnd.node().calls()).isEqualTo(made + 1);
        assertThat(invoices.create(REQUEST).paymentHash()).isNotEqualTo(late.paymentHash());
        assertThat(lnd.node().calls()).isEqualTo(made + 2);
    }

    @Test
    void whatIsWrongWithOneRequestDoesNotStopTheOthers() throws Exception {
        lnd.failWith(Status.UNKNOWN.withDescription("memo too large: 1025 bytes (maxsize=1024)"));
        for (int i = 0; i < 20; i++) {
            assertThat(refused()).hasMessageContaining("LND refuses the request " + door.refusal("memo too large"));
        }
        lnd.failWith(null);

        assertThat(invoices.create(REQUEST)).isNotNull();
    }

    @Test
    void theCheckMakesNoInvoiceAndFailsWhereTheMacaroonMayMakeNone() throws Exception {
        int before = lnd.node().calls();
        invoices.check();
        assertThat(lnd.node().calls()).isEqualTo(before);

        lnd.bake(List.of("uri:/lnrpc.Lightning/LookupInvoice"));
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 200; i++) {
                        invoices.check();
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                })
                .hasMessageContaining("LND does not accept lsat.lnd.macaroon for this")
                .hasMessageContaining("permission denied");
    }

    @Test
    void theCheckNeedsAMacaroonThatMayLookInvoicesUpWhereTheSettlementIsAskedFor() throws Exception {
        lnd.bake(List.of("uri:/lnrpc.Lightning/AddInvoice"));
        reopenWith("lsat.settlement", "preimage");
        invoices.check();

        reopenWith("lsat.settlement", "strict");
        assertThatThrownBy(invoices::check).hasMessageContaining("permission denied");
        lnd.bake(FakeLnd.LEAST);
        reopenWith("lsat.settlement", "strict");
        invoices.check();
    }

    @Test
    void aPaymentWithoutAnInvoiceSettlesNoneOfOurs() throws Exception {
        Invoice invoice = invoices.create(REQUEST);
        lnd.receiveKeysend(invoice.paymentHash());

        assertThat(invoices.isSettled(invoice.paymentHash())).isFalse();
    }

    @Test
    void nothingIsLeftRunningAfterTheEnd() throws Exception {
        invoices.create(REQUEST);
        invoices.close();

        assertThat(threadsOfOurs()).isEmpty();
        assertThat(refused()).hasMessageContaining("the application has stopped");
    }

    @Test
    void theThreadOfTheHttpClientEndsWhenItIsCollectedAndKeepsNoClassLoaderOfTheApplication() throws Exception {
        Thread here = Thread.currentThread();
        ClassLoader usual = here.getContextClassLoader();
        try (URLClassLoader application = new URLClassLoader(new URL[0], usual)) {
            here.setContextClassLoader(application);
            invoices.close();
            invoices = door.open(door.settings(lnd));
            invoices.create(REQUEST);
            for (Thread thread : threadsOfTheJdksClient()) {
                assertThat(thread.getContextClassLoader()).isNotSameAs(application);
            }
        } finally {
            here.setContextClassLoader(usual);
        }
        invoices.close();
        int before = threadsOfTheJdksClient().size();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!threadsOfTheJdksClient().isEmpty() && System.nanoTime() < end) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(threadsOfTheJdksClient()).as("of " + before).isEmpty();
    }

    private static List<Thread> threadsOfTheJdksClient() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("HttpClient-"))
                .toList();
    }

    @Test
    void theHostMayBeReachedUnderANameThatIsNotInTheCertificate() throws Exception {
        Map<String, String> settings = door.settings(lnd);
        if (door == Door.GRPC) {
            settings.put("lsat.lnd.authority", "lnd.example");
            invoices.close();
            invoices = door.open(settings);
        }

        assertThat(invoices.create(REQUEST)).isNotNull();
        assertThat(URI.create("https://" + settings.get("lsat.lnd.target")).getHost())
                .isEqualTo("127.0.0.1");
    }

    @Test
    void whileLndMakesNoInvoicesWhoHasPaidIsStillTold() throws Exception {
        Invoice paid = invoices.create(REQUEST);
        pay(paid);
        lnd.bake(List.of("uri:/lnrpc.Lightning/LookupInvoice"));
        refusedWith("permission denied");
        for (int i = 0; i < 5; i++) {
            refused();
        }
        assertThat(invoices.isSettled(paid.paymentHash())).isTrue();
    }

    @Test
    void whileManyWaitForASlowNodeWhoHasPaidIsStillTold() throws Exception {
        Invoice paid = invoices.create(REQUEST);
        pay(paid);
        lnd.answerAfter(Duration.ofMillis(400));
        List<Thread> crowd = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Thread one = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    try {
                        invoices.create(REQUEST);
                    } catch (InvoiceException e) {
                        try {
                            TimeUnit.MILLISECONDS.sleep(20);
                        } catch (InterruptedException ended) {
                            return;
                        }
                    }
                }
            });
            one.start();
            crowd.add(one);
        }
        TimeUnit.MILLISECONDS.sleep(1_000);
        int told = 0;
        for (int i = 0; i < 10; i++) {
            try {
                told += invoices.isSettled(paid.paymentHash()) ? 1 : 0;
            } catch (InvoiceException e) {
                System.out.println(door + " not told: " + e.getMessage());
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
        crowd.forEach(Thread::interrupt);
        for (Thread one : crowd) {
            one.join();
        }
        System.out.println(door + " told of 10: " + told);
        assertThat(told).isEqualTo(10);
    }

    private void reopenWith(String property, String value) {
        Map<String, String> settings = door.settings(lnd);
        settings.put(property, value);
        invoices.close();
        invoices = door.open(settings);
    }

    @Test
    void routeHintsOfPrivateChannelsAreAskedForWhereThatIsConfigured() throws Exception {
        invoices.create(REQUEST);
        assertThat(lnd.askedForPrivate()).isFalse();
        reopenWith("lsat.lnd.private", "true");
        invoices.create(REQUEST);
        assertThat(lnd.askedForPrivate()).isTrue();
    }

    @Test
    void aProxyInFrontOfTheNodeSeesTheNameThatItKnows() throws Exception {
        if (door == Door.REST) {
            assertThatThrownBy(() -> reopenWith("lsat.lnd.authority", "node.example"))
                    .hasMessageContaining("lsat.lnd.authority = node.example");
            return;
        }
        reopenWith("lsat.lnd.authority", "node.example");
        invoices.create(REQUEST);
        assertThat(lnd.authority()).isEqualTo("node.example");
    }
}
