package org.lsat.it.regtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lsat.testkit.FakeLightningAddress;

/** The same with a Lightning Address, whose provider has Alice sign its invoices, and with strict settlement. */
class ExampleByAddressIT extends ExampleIT {

    private final FakeLightningAddress provider;
    private Path trusted;

    ExampleByAddressIT(RegtestNetwork network) throws IOException {
        super(network);
        this.provider = FakeLightningAddress.start(new AliceIssues(network.alice()));
    }

    @BeforeAll
    @Override
    void open(@TempDir Path directory) throws Exception {
        trusted = directory.resolve("trusted.p12");
        provider.certificate().writeTrustStore(trusted);
        super.open(directory);
    }

    @AfterAll
    void closeProvider() {
        provider.close();
    }

    @Override
    ExampleServer start(LndNode node, Path macaroon) throws Exception {
        Map<String, String> settings = new TreeMap<>(ExampleServer.settings());
        settings.put("LSAT_BACKEND", "lightning-address");
        settings.put("LSAT_LIGHTNING_ADDRESS", provider.address());
        settings.put("LSAT_INVOICE_EXPIRY", "P1D");
        settings.put("LSAT_SETTLEMENT", "strict");
        settings.put(
                "JAVA_TOOL_OPTIONS",
                "-Djavax.net.ssl.trustStore=" + trusted + " -Djavax.net.ssl.trustStorePassword=changeit");
        ExampleServer server = ExampleServer.plainTomcat(settings);
        // An invoice of the second of the start is not taken.
        Await.until("it sells", BAR, () -> server.shop().get(RATE).status() == 402);
        return server;
    }

    @Override
    void goAway() {
        provider.stop();
    }

    @Override
    void comeBack() throws IOException {
        provider.start();
    }

    @Override
    String gone() {
        return "localhost cannot be reached (";
    }

    @Test
    void theLogSaysAtStartWhoHasTheMoney() throws Exception {
        assertThat(printed(provider.address() + " takes 1 to 100000000 sat; the money arrives at localhost:"))
                .isEqualTo(1);
    }

    @Test
    void aPaymentIsAskedAboutAtItsFirstUseAndNoMore() throws Exception {
        String pass = buy(PASS);
        int before = provider.requests(FakeLightningAddress.VERIFY);
        for (int i = 0; i < 5; i++) {
            assertThat(shop().get(PASS, pass).status()).isEqualTo(200);
        }
        assertThat(provider.requests(FakeLightningAddress.VERIFY)).isEqualTo(before + 1);
    }

    @Test
    void aPaymentOfWhichTheProviderKnowsNothingOpensNothing() throws Exception {
        String pass = buy(PASS);
        provider.answer(
                FakeLightningAddress.VERIFY,
                request -> FakeLightningAddress.Reply.of(200, "{\"status\":\"OK\",\"settled\":false}"));
        try {
            Shop.Answer unsettled = shop().get(PASS, pass);
            assertThat(unsettled.status()).isEqualTo(503);
            assertThat(unsettled.member("reason")).isEqualTo("payment-unconfirmed");
            provider.answer(FakeLightningAddress.VERIFY, request -> FakeLightningAddress.error("try again"));
            assertThat(shop().get(PASS, pass).status()).isEqualTo(503);
        } finally {
            provider.answer(FakeLightningAddress.VERIFY, null);
        }
        assertThat(shop().get(PASS, pass).status()).isEqualTo(200);
    }
}
