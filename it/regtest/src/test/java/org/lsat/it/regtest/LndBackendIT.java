package org.lsat.it.regtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.lightningj.lnd.proto.LightningApi;
import org.lightningj.lnd.stateservice.proto.Stateservice;
import org.lsat.Invoice;
import org.lsat.InvoiceException;
import org.lsat.InvoiceRequest;
import org.lsat.InvoiceSource;
import org.lsat.protocol.Preimage;
import org.lsat.testkit.InvoiceSourceContract;

/** The backend against a real LND: what the fake one is believed to do, this one does. */
@ExtendWith(Regtest.class)
@ParameterizedClass
@EnumSource(Door.class)
class LndBackendIT extends InvoiceSourceContract {

    private static final InvoiceRequest REQUEST = new InvoiceRequest(21_000, "weather", Duration.ofMinutes(10));

    /** Time to sell again after whatever it was is over. */
    private static final Duration BAR = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private final Door door;
    private final RegtestNetwork network;
    private final LndNode alice;
    private InvoiceSource invoices;

    LndBackendIT(Door door, RegtestNetwork network) {
        this.door = door;
        this.network = network;
        this.alice = network.alice();
    }

    @BeforeEach
    void open() throws Exception {
        Bakery.bake(alice, macaroon());
        invoices = open(Map.of());
    }

    @AfterEach
    void close() throws Exception {
        ((AutoCloseable) invoices).close();
    }

    private Path macaroon() {
        return directory.resolve("l402.macaroon");
    }

    private InvoiceSource open(Map<String, String> more) {
        return door.open(alice, macaroon(), more);
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
    protected Preimage pay(Invoice invoice) throws InterruptedException {
        return network.pay(invoice.bolt11());
    }

    /** Until it is refused for this reason: a change on disk is seen a second later. */
    private void refusedWith(String text) throws InterruptedException {
        String last = "not refused";
        long end = System.nanoTime() + BAR.toNanos();
        while (System.nanoTime() < end) {
            try {
                invoices.create(REQUEST);
            } catch (InvoiceException e) {
                last = String.valueOf(e.getMessage());
                if (last.contains(text)) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(last).contains(text);
    }

    private void createsAgain() throws InterruptedException {
        Await.until("an invoice again", BAR, () -> {
            try {
                invoices.create(REQUEST);
                return true;
            } catch (InvoiceException e) {
                throw new java.io.IOException(e);
            }
        });
    }

    private void replaceMacaroonBy(Path other) throws Exception {
        Path aside = Files.copy(other, directory.resolve("aside"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(aside, macaroon(), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void aPaidInvoiceIsSettledAtTheNode() throws Exception {
        Invoice invoice = invoices.create(REQUEST);
        pay(invoice);

        assertThat(alice.lookUp(invoice.paymentHash().bytes()).getState())
                .isEqualTo(LightningApi.Invoice.InvoiceState.SETTLED);
    }

    /** Whoever learnt the preimage from somewhere waits for the end of the invoice, and sends LND a satoshi without one. */
    @Test
    void aPaymentWithoutAnInvoiceSettlesNoneOfOurs() throws Exception {
        Invoice invoice = invoices.create(new InvoiceRequest(21_000, "weather", Duration.ofSeconds(1)));
        byte[] hash = invoice.paymentHash().bytes();
        Preimage leaked = Preimage.of(alice.lookUp(hash).getRPreimage().toByteArray());
        Await.until("the invoice is collected", Duration.ofSeconds(20), () -> !alice.knows(hash));
        network.keysend(leaked, 1_000);

        LightningApi.Invoice found = alice.lookUp(hash);
        assertThat(found.getState()).isEqualTo(LightningApi.Invoice.InvoiceState.SETTLED);
        assertThat(found.getAmtPaidMsat()).isEqualTo(1_000);
        assertThat(invoices.isSettled(invoice.paymentHash())).isFalse();
    }

    @Test
    void theCheckMakesNoInvoiceAndFailsWhereTheMacaroonMayMakeNone() throws Exception {
        long before = alice.invoices();
        invoices.check();
        assertThat(alice.invoices()).isEqualTo(before);

        replaceMacaroonBy(alice.readonlyMacaroon());
        Await.until("the check fails", BAR, () -> {
            try {
                invoices.check();
                return false;
            } catch (InvoiceException e) {
                assertThat(e)
                        .hasMessageContaining("LND does not accept lsat.lnd.macaroon for this")
                        .hasMessageContaining(door.refusal("permission denied)"));
                return true;
            }
        });
    }

    @Test
    void aNodeThatStopsIsReportedAndFoundAgainAndPaidAgain() throws Exception {
        invoices.create(REQUEST);
        alice.stop();
        refusedWith("LND cannot be reached; start it, or correct lsat.lnd.target (");

        network.startAlice();
        createsAgain();
        pay(invoices.create(REQUEST));
    }

    @Test
    void aNodeThatIsFrozenCostsNoMoreThanTheDeadline() throws Exception {
        invoices.create(REQUEST);
        alice.running().freeze();
        try {
            long begin = System.nanoTime();
            refusedWith("LND does not answer within lsat.lnd.deadline");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(2_500));
        } finally {
            alice.running().thaw();
        }
        createsAgain();
    }

    @Test
    void aLockedWalletIsReportedAndSellsOnceItIsUnlocked() throws Exception {
        alice.stop();
        alice.start(false);
        alice.awaitState(Stateservice.WalletState.LOCKED);
        refusedWith("LND's wallet is locked; run lncli unlock");

        alice.unlock();
        alice.awaitReady();
        createsAgain();
    }

    @Test
    void aRenewedCertificateIsReadFromItsFile() throws Exception {
        Path pinned = Files.copy(alice.certificate(), directory.resolve("tls.cert"));
        InvoiceSource other = open(Map.of("lsat.lnd.cert", pinned.toString()));
        alice.stop();
        alice.forgetCertificate();
        network.startAlice();

        createsAgain();
        ((AutoCloseable) invoices).close();
        invoices = other;
        refusedWith("does not prove to be the node; set lsat.lnd.cert to the tls.cert that LND uses now");
    }

    @Test
    void whatAMacaroonMayNotDoIsReportedAndTheNextOneIsReadFromItsFile() throws Exception {
        replaceMacaroonBy(alice.readonlyMacaroon());
        refusedWith("LND does not accept lsat.lnd.macaroon for this; bake one as docs/lnd.md says "
                + door.refusal("permission denied)"));

        replaceMacaroonBy(network.bob().adminMacaroon());
        refusedWith(door.refusal("verification failed: signature mismatch after caveat verification)"));

        Files.delete(macaroon());
        Bakery.bake(alice, macaroon());
        createsAgain();
    }
}
