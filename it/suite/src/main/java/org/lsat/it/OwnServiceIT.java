package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.InvoiceSource;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.cdi.ServedInvoices;

/** An application that makes its invoices itself, and names who does in {@code META-INF/services}. */
@ExtendWith(ArquillianExtension.class)
class OwnServiceIT {

    private static final Shop SERVED = Shop.at("/served");

    @ArquillianResource
    private @Nullable Deployer deployer;

    @Deployment(name = "served", testable = false)
    public static WebArchive served() {
        return war("served.war", TestWar.settings());
    }

    /** Whoever paid would never be served. */
    @Deployment(name = "untold", managed = false, testable = false)
    public static WebArchive untold() {
        Map<String, String> settings = TestWar.settings();
        settings.put("lsat.settlement", "strict");
        return war("untold.war", settings);
    }

    private static WebArchive war(String name, Map<String, String> settings) {
        settings.put("lsat.backend", "application");
        settings.put("lsat.network", "regtest");
        settings.put("lsat.ledger", "memory");
        settings.remove("lsat.dev.allow-remote");
        return CdiIT.withCdi(TestWar.war(name, settings))
                .addClass(ServedInvoices.class)
                .addAsServiceProvider(InvoiceSource.class, ServedInvoices.class);
    }

    @Test
    void aServiceOfTheApplicationMakesTheInvoicesAlsoWhereThereIsCdi() throws IOException {
        Answer challenge = SERVED.get("/api/paid/x");
        assertThat(challenge.status()).as(challenge.body()).isEqualTo(402);
        assertThat(challenge.member("invoice")).startsWith("lnbcrt");
        assertThat(challenge.body()).doesNotContain("devWallet");
    }

    @Test
    void aServiceThatDoesNotTellSettlementStopsADeploymentThatAsksForIt() throws IOException {
        assertThatThrownBy(() -> FailingDeployment.deploy(Objects.requireNonNull(deployer), "untold"))
                .isInstanceOf(Exception.class);
        assertThat(Shop.at("/untold").get("/api/paid/x").status()).isNotEqualTo(402);
        ServerLog.awaitAll(
                "lsat.settlement = strict: org.lsat.it.cdi.ServedInvoices does not tell whether an invoice is"
                        + " settled; override isSettled and tellsSettlement");
    }
}
