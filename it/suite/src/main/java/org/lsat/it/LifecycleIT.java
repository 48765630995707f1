package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.InvoiceBackend;
import org.lsat.PaywallListener;
import org.lsat.PriceSource;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.Shop.Token;
import org.lsat.it.cdi.FlatPrices;
import org.lsat.it.cdi.OtherPrices;
import org.lsat.it.cdi.ProbeBackend;
import org.lsat.it.cdi.ThrowingListener;

/** What an application brings, from its start to its end. */
@ExtendWith(ArquillianExtension.class)
@NullUnmarked
class LifecycleIT {

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "bare", managed = false, testable = false)
    public static WebArchive bare() {
        return probe("bare");
    }

    @Deployment(name = "beans", managed = false, testable = false)
    public static WebArchive beans() {
        return CdiIT.withCdi(probe("beans"));
    }

    @Deployment(name = "coded", managed = false, testable = false)
    public static WebArchive coded() {
        return coded("coded", FlatPrices.class.getName())
                .addClasses(FlatPrices.class, ThrowingListener.class)
                .addAsResource(
                        new StringAsset(ThrowingListener.class.getName()),
                        "META-INF/services/" + PaywallListener.class.getName());
    }

    @Deployment(name = "uncoded", managed = false, testable = false)
    public static WebArchive uncoded() {
        return coded("uncoded", "# none");
    }

    @Deployment(name = "twice", managed = false, testable = false)
    public static WebArchive twice() {
        return coded("twice", FlatPrices.class.getName() + "\n" + OtherPrices.class.getName())
                .addClasses(FlatPrices.class, OtherPrices.class);
    }

    private static WebArchive probe(String name) {
        Map<String, String> settings = TestWar.settings();
        settings.put("lsat.backend", "probe");
        return TestWar.war(name + ".war", settings)
                .addClass(ProbeBackend.class)
                .addClass("org.lsat.it.cdi.ProbeBackend$Probe")
                .addAsResource(
                        new StringAsset(ProbeBackend.class.getName()),
                        "META-INF/services/" + InvoiceBackend.class.getName());
    }

    private static WebArchive coded(String name, String services) {
        Map<String, String> settings = TestWar.settings();
        TestWar.rule(settings, "coded", "/coded/*", "code");
        return TestWar.war(name + ".war", settings)
                .addAsResource(new StringAsset(services), "META-INF/services/" + PriceSource.class.getName());
    }

    @Test
    void aBackendIsOpenedOnceAndClosedOnceAtTheEnd() throws IOException {
        assertOpenedAndClosedOnce("bare");
    }

    @Test
    void aBackendIsOpenedOnceAndClosedOnceAtTheEndWithCdi() throws IOException {
        assertOpenedAndClosedOnce("beans");
    }

    @Test
    void aServiceLoadersPriceSourcePricesWithoutCdiAndNoErrorOfItsOrOfAListenersCostsAnybodyAnything()
            throws IOException {
        deployer.deploy("coded");
        try {
            Shop shop = Shop.at("/coded");
            Answer challenge = shop.get("/coded/x");
            assertThat(challenge.member("amountMsat")).isEqualTo("3000");
            Token token = shop.pay(challenge);
            assertThat(shop.get("/coded/x?error", token.header()).status()).isEqualTo(503);
            assertThat(shop.get("/coded/x", token.header()).header("L402-Uses-Left"))
                    .contains("0");
            Token bundle = shop.buy("/bundle/x");
            assertThat(shop.get("/bundle/x", bundle.header()).header("L402-Uses-Left"))
                    .contains("4");
        } finally {
            deployer.undeploy("coded");
        }
    }

    @Test
    void aPriceByCodeWithoutCodeStopsTheDeployment() throws IOException {
        assertRefuses("uncoded", "lsat.rules.coded.price = code: a org.lsat.PriceSource in the application");
    }

    @Test
    void twoPriceSourcesStopTheDeployment() throws IOException {
        assertRefuses("twice", "the application has several services of type org.lsat.PriceSource");
    }

    private void assertOpenedAndClosedOnce(String name) throws IOException {
        int opened = ServerLog.count("probe: opened");
        int closed = ServerLog.count("probe: closed");
        int ran = ServerLog.count("probe: a thread ran");
        deployer.deploy(name);
        boolean withThreads = ServerLog.count("probe: opened with threads") > 0;
        try {
            assertThat(Shop.at("/" + name).get("/api/paid/x").status()).isEqualTo(402);
            assertThat(Shop.at("/" + name).get("/api/paid/x").status()).isEqualTo(402);
            if (withThreads) {
                Await.until("a thread of the probe runs", () -> ServerLog.count("probe: a thread ran") > ran);
            }
        } finally {
            deployer.undeploy(name);
        }
        assertThat(ServerLog.count("probe: opened") - opened).isEqualTo(1);
        assertThat(ServerLog.count("probe: closed") - closed).isEqualTo(1);
    }

    private void assertRefuses(String name, String why) throws IOException {
        try {
            FailingDeployment.deploy(deployer, name);
            // A server that starts the filter at the first request can refuse no earlier.
            assertThat(Shop.at("/" + name).get("/coded/x").status()).isIn(404, 500, 503);
            deployer.undeploy(name);
        } catch (Exception e) {
            // Checked or not, as the server's adapter likes it, and declared nowhere.
            assertThat(Shop.at("/" + name).get("/coded/x").status()).isIn(404, 503);
        }
        ServerLog.awaitAll(why);
    }
}
