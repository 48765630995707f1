package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.it.app.PaidServlet;

/** {@code lsat.ledger.datasource=java:comp/env/…}, as docs/cluster.md has it: what was revoked is known from the start. */
@ExtendWith(ArquillianExtension.class)
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly|payara")
@NullUnmarked
class ResourceReferenceIT {

    @ArquillianResource
    private Deployer deployer;

    private static WebArchive war(String name, String dataSource) {
        Map<String, String> settings = TestWar.settings();
        settings.put("lsat.ledger", "jdbc");
        settings.put("lsat.realm", "resourceref");
        settings.put("lsat.ledger.datasource", dataSource);
        String real = Server.KIND == Server.PAYARA ? "jdbc/__default" : "java:jboss/datasources/ExampleDS";
        return TestWar.empty(name, settings)
                .addPackage(PaidServlet.class.getPackage())
                .addAsLibraries(TestWar.librariesForDataSource())
                .addAsWebInfResource(new StringAsset("""
                                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                                  <resource-ref>
                                    <res-ref-name>jdbc/counts</res-ref-name>
                                    <res-type>javax.sql.DataSource</res-type>
                                    <res-auth>Container</res-auth>
                                    <lookup-name>%s</lookup-name>
                                  </resource-ref>
                                </web-app>
                                """.formatted(real)), "web.xml");
    }

    @Deployment(name = "direct", managed = false, testable = false)
    public static WebArchive direct() {
        return war("direct.war", Server.KIND == Server.PAYARA ? "jdbc/__default" : "java:jboss/datasources/ExampleDS");
    }

    @Deployment(name = "byref", managed = false, testable = false)
    public static WebArchive byReference() {
        return war("byref.war", "java:comp/env/jdbc/counts");
    }

    @Test
    void aPassThatWasRevokedInTheDatabaseStaysSo() throws Exception {
        deployer.deploy("direct");
        String token;
        try {
            Shop shop = Shop.at("/direct");
            Shop.Token bought = shop.buy("/pass/x");
            token = bought.header();
            assertThat(shop.get("/pass/x", token).status()).isEqualTo(200);
            shop.get("/statistics?revoke=" + bought.paymentHash().substring(0, 8));
            Await.until("revoked", () -> shop.get("/pass/x", token).status() == 402);
        } finally {
            deployer.undeploy("direct");
        }
        deployer.deploy("byref");
        try {
            Shop shop = Shop.at("/byref");
            Await.until("it is known here", () -> shop.get("/pass/x", token).status() == 402);
            Shop.Token bundle = shop.buy("/bundle/x");
            assertThat(shop.get("/bundle/x", bundle.header()).status()).isEqualTo(200);
        } finally {
            deployer.undeploy("byref");
        }
    }
}
