package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.it.Shop.Token;
import org.lsat.it.cdi.Buyer;
import org.lsat.it.cdi.CdiServlet;
import org.lsat.it.cdi.EventLog;
import org.lsat.it.cdi.PathPrices;

/** A WAR in an EAR, with our JARs in the one or in the other; on servers that have EARs. */
@ExtendWith(ArquillianExtension.class)
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly|payara|liberty")
@NullUnmarked
class EarIT {

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "inwar", managed = false, testable = false)
    public static EnterpriseArchive inWar() {
        return ear("inwar", CdiIT.cdi());
    }

    @Deployment(name = "inear", managed = false, testable = false)
    public static EnterpriseArchive inEar() {
        return ear(
                        "inear",
                        CdiIT.withCdi(TestWar.withoutLibraries("inear.war", CdiIT.settings()))
                                .addClasses(EventLog.class, Buyer.class, CdiServlet.class, PathPrices.class))
                .addAsLibraries(TestWar.libraries());
    }

    private static EnterpriseArchive ear(String name, WebArchive war) {
        return ShrinkWrap.create(EnterpriseArchive.class, name + ".ear")
                .addAsModule(war)
                .setApplicationXML(new StringAsset("""
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
        deployer.deploy("inear");
        try {
            assertSells(Shop.at("/inear"));
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
}
