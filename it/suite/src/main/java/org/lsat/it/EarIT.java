package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Node;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.invoice.InvoiceLifecycle;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.Shop.Token;
import org.lsat.it.cdi.Buyer;
import org.lsat.it.cdi.CdiServlet;
import org.lsat.it.cdi.EventLog;
import org.lsat.it.cdi.PathPrices;
import org.lsat.it.rest.EmptyApplication;
import org.lsat.it.rest.MethodResource;

/** A WAR in an EAR, with our JARs in the one or in the other; on servers that have EARs. */
@ExtendWith(ArquillianExtension.class)
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly|payara|liberty")
@NullUnmarked
class EarIT {

    private static final String CONFIGURATION = "META-INF/microprofile-config.properties";

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "inwar", managed = false, testable = false)
    public static EnterpriseArchive inWar() {
        return ear("inwar", CdiIT.cdi());
    }

    @Deployment(name = "inear", managed = false, testable = false)
    public static EnterpriseArchive inEar() {
        WebArchive war = CdiIT.withCdi(TestWar.withoutLibraries("inear.war", CdiIT.settings()))
                .addClasses(EventLog.class, Buyer.class, CdiServlet.class, PathPrices.class)
                .addClasses(EmptyApplication.class, MethodResource.class)
                .addClass("org.lsat.it.rest.Sold");
        EnterpriseArchive ear = ear("inear", war).addAsLibraries(TestWar.librariesForResources());
        for (File jar : TestWar.libraries()) {
            // Payara cannot start the enterprise bean of the backends from there.
            if (Server.KIND == Server.PAYARA
                    && (OneJar.EVERYWHERE || jar.equals(TestWar.jar(InvoiceLifecycle.class)))) {
                war.addAsLibraries(jar);
            } else {
                ear.addAsLibraries(jar);
            }
        }
        return ear;
    }

    private static EnterpriseArchive ear(String name, WebArchive war) {
        EnterpriseArchive ear = ShrinkWrap.create(EnterpriseArchive.class, name + ".ear");
        if (Server.KIND == Server.PAYARA) {
            // There a WAR's own configuration is none in an EAR.
            Node file = war.delete("/WEB-INF/classes/" + CONFIGURATION);
            ear.addAsLibraries(ShrinkWrap.create(JavaArchive.class, "configuration.jar")
                    .addAsResource(file.getAsset(), CONFIGURATION));
        }
        return ear.addAsModule(war).setApplicationXML(new StringAsset("""
                        <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">
                          <module><web><web-uri>%s</web-uri><context-root>/%s</context-root></web></module>
                          <library-directory>lib</library-directory>
                        </application>
                        """.formatted(war.getName(), name)));
    }

    @Test
    void withTheJarsInTheWarAllIsAsUsual() throws IOException {
        deployer.deploy("inwar");
        try {
            assertSells(Shop.at("/inwar"));
        } finally {
            deployer.undeploy("inwar");
        }
    }

    @Test
    void withTheJarsInTheEarNothingIsFree() throws IOException {
        if (Server.KIND == Server.LIBERTY) {
            assertThatThrownBy(() -> deployer.deploy("inear")).isInstanceOf(Exception.class);
            assertThat(Shop.at("/inear").get("/cdi/paid/x").status()).isEqualTo(404);
            assertThat(ServerLog.text()).contains("Put it into WEB-INF/lib of each WAR");
            return;
        }
        deployer.deploy("inear");
        try {
            assertSells(Shop.at("/inear"));
            assertChargesOnce(Shop.at("/inear"));
        } finally {
            deployer.undeploy("inear");
        }
    }

    private static void assertSells(Shop shop) throws IOException {
        Token token = shop.buy("/cdi/paid/x");
        assertThat(shop.get("/cdi/paid/x", token.header()).body()).isEqualTo("buyer=injected instance=injected");
        assertThat(shop.get("/cdi/events").body()).contains("GET /cdi/paid/x paid injected");
        assertThat(shop.get("/coded/x?sats=7").member("amountMsat")).isEqualTo("7000");
    }

    /** By annotation. */
    private static void assertChargesOnce(Shop shop) throws IOException {
        assertThat(shop.get("/api/method").body()).startsWith("free");
        Token token = shop.buy("/api/method/paid");
        Answer paid = shop.get("/api/method/paid", token.header());
        assertThat(paid.body()).isEqualTo("PAID-CONTENT method\n");
        assertThat(paid.header("L402-Uses-Left")).contains("0");
        assertThat(shop.get("/api/method/paid", token.header()).member("reason"))
                .isEqualTo("used-up");
    }
}
