package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Deployments that must stop, and say why. The last class to run: see {@code OwnFile} for what it leaves of Payara. */
@Order(Integer.MAX_VALUE)
@ExtendWith(ArquillianExtension.class)
class FaultyConfigurationIT {

    private static final Shop FAULTY = Shop.at("/faulty");
    private static final Shop CLOSED = Shop.at("/closed");

    @ArquillianResource
    private @Nullable Deployer deployer;

    @Deployment(name = "faulty", managed = false, testable = false)
    public static WebArchive faulty() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("lsat.backend", "bitcoin");
        settings.put("lsat.rules.a.path", "/api/../secret");
        settings.put("lsat.rules.a.price", "-1 sat");
        settings.put("lsat.rules.b.path", "/b/*");
        settings.put("lsat.rules.b.prise", "10 sat");
        settings.put("lsat.challenges.total", "many");
        return TestWar.war("faulty.war", settings);
    }

    /** No initializer runs, the filter is in web.xml, and the configuration is faulty. */
    @Deployment(name = "closed", managed = false, testable = false)
    public static WebArchive closed() {
        Map<String, String> settings = TestWar.settings();
        settings.put("lsat.rules.bundle.price", "ten sat");
        settings.put("lsat.settlement", "strict");
        return TestWar.war("closed.war", settings).setWebXML(new StringAsset("""
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                  <absolute-ordering/>
                  <filter><filter-name>lsat</filter-name><filter-class>org.lsat.servlet.LsatFilter</filter-class></filter>
                  <filter-mapping><filter-name>lsat</filter-name><url-pattern>/*</url-pattern></filter-mapping>
                </web-app>
                """));
    }

    @Deployment(name = "next", managed = false, testable = false)
    public static WebArchive next() {
        return TestWar.war("next.war", TestWar.settings());
    }

    /** Where the server has a listener of ours to ask, it is not even deployed. */
    @Test
    void aDeclaredFilterThatCannotStartServesNothing() throws IOException {
        Deployer present = Objects.requireNonNull(deployer);
        boolean deployed = true;
        try {
            present.deploy("closed");
        } catch (Exception e) {
            // Checked or not, as the server's adapter likes it, and declared nowhere.
            deployed = false;
        }
        assertThat(CLOSED.get("/bundle/x").status()).isEqualTo(deployed ? 503 : 404);
        assertThat(CLOSED.get("/report/index.html").status()).isEqualTo(deployed ? 503 : 404);
        ServerLog.awaitAll(
                "lsat.rules.bundle.price = ten sat: <digits> sat",
                "lsat.settlement = strict: a backend that can be asked whether an invoice is settled");
        if (deployed) {
            present.undeploy("closed");
        }
    }

    @Test
    void aFaultyConfigurationStopsTheDeploymentAndNamesAllItsFaultsAtOnce() throws IOException {
        Deployer present = Objects.requireNonNull(deployer);
        assertThatThrownBy(() -> FailingDeployment.deploy(present, "faulty")).isInstanceOf(Exception.class);
        assertThat(FAULTY.get("/api/paid/x").status()).isEqualTo(404);
        ServerLog.awaitAll(
                "lsat.backend = bitcoin: allowed are application, dev, lightning-address, ",
                "lsat.rules.a.path = /api/../secret: a path of ASCII characters",
                "lsat.rules.a.price = -1 sat: <digits> sat",
                "lsat.rules.b.prise = 10 sat: unknown property; the nearest known one is lsat.rules.b.price",
                "lsat.rules.b.price = (not set): <digits> sat",
                "lsat.challenges.total = many: <permits>/<duration");
        deployNext(present);
        present.undeploy("next");
    }

    /** On Payara it may get the configuration of the application that failed, and must not start with that. */
    private static void deployNext(Deployer deployer) throws IOException {
        try {
            deployer.deploy("next");
        } catch (Exception e) {
            // Checked or not, as the server's adapter likes it, and declared nowhere.
            assertThat(Server.KIND).isEqualTo(Server.PAYARA);
            ServerLog.awaitAll("the server gave it the configuration of another one");
            deployer.deploy("next");
        }
    }
}
