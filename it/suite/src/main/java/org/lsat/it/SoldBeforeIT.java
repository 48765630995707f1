package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.it.app.PaidServlet;
import org.lsat.testkit.TestTokens;

/** A shop that sold bundles, and now sells a pass instead: bundles that are used up stay so. */
@ExtendWith(ArquillianExtension.class)
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "tomcat|wildfly")
@NullUnmarked
class SoldBeforeIT {

    private static final String SECRET = "a secret of the tests that is long enough";

    @ArquillianResource
    private Deployer deployer;

    private static WebArchive war(String name, String... buys) {
        Map<String, String> settings = TestWar.settings();
        settings.keySet().removeIf(key -> key.startsWith("lsat.rules.") || key.startsWith("lsat.dev."));
        TestWar.rule(settings, "bundle", "/bundle/*", "100 sat");
        settings.put("lsat.rules.bundle." + buys[0], buys[1]);
        settings.putAll(Map.of(
                "lsat.backend", "lightning-address",
                "lsat.lightning-address", "shop@localhost:1",
                "lsat.invoice.expiry", "P1D",
                "lsat.realm", "soldbefore",
                "lsat.secret", SECRET));
        return TestWar.empty(name, settings)
                .addPackage(PaidServlet.class.getPackage())
                .addAsLibraries(TestWar.librariesForFile());
    }

    @Deployment(name = "was", managed = false, testable = false)
    public static WebArchive was() {
        return war("was.war", "uses", "5");
    }

    @Deployment(name = "now", managed = false, testable = false)
    public static WebArchive now() {
        return war("now.war", "valid-for", "P30D");
    }

    @Test
    void aBundleThatIsUsedUpStaysSo() throws Exception {
        String token = "Authorization: "
                + TestTokens.of("soldbefore", SECRET)
                        .network("mainnet")
                        .uses(5)
                        .mint("bundle")
                        .authorization();
        deployer.deploy("was");
        for (int i = 0; i < 5; i++) {
            assertThat(Shop.at("/was").get("/bundle/x", token).status()).isEqualTo(200);
        }
        // A 402, or a 503 since there is no provider: no content.
        assertThat(Shop.at("/was").get("/bundle/x", token).status()).isNotEqualTo(200);
        deployer.undeploy("was");
        deployer.deploy("now");
        for (int i = 0; i < 5; i++) {
            assertThat(Shop.at("/now").get("/bundle/x", token).status()).isNotEqualTo(200);
        }
        deployer.undeploy("now");
    }
}
