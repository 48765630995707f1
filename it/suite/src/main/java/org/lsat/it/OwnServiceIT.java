package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.InvoiceSource;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.cdi.ServedInvoices;

/** An application that makes its invoices itself, and names who does in {@code META-INF/services}. */
@ExtendWith(ArquillianExtension.class)
class OwnServiceIT {

    private static final Shop SERVED = Shop.at("/served");

    @Deployment(testable = false)
    public static WebArchive served() {
        Map<String, String> settings = TestWar.settings();
        settings.put("lsat.backend", "application");
        settings.put("lsat.network", "regtest");
        settings.put("lsat.ledger", "memory");
        settings.remove("lsat.dev.allow-remote");
        return CdiIT.withCdi(TestWar.war("served.war", settings))
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
}
