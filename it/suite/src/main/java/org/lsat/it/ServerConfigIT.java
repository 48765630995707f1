package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.it.RawHttp.Answer;
import org.lsat.protocol.Bolt11;
import org.lsat.protocol.Bolt11Exception;

/**
 * Properties that are not in the application but in the configuration of the server: a subsystem of WildFly, the domain of
 * Payara, a variable of Open Liberty, as the module of each has them. Tomcat has none; there the application has SmallRye, and
 * the properties are in its file.
 */
@ExtendWith(ArquillianExtension.class)
class ServerConfigIT {

    private static final Shop SHOP = Shop.at("/server-config");

    @Deployment(testable = false)
    public static WebArchive application() {
        Map<String, String> settings = TestWar.settings();
        TestWar.rule(settings, "expression", "/expression/*", "${price.of.the.server}");
        settings.put("lsat.invoice.memo", "of the application");
        if (Server.KIND == Server.TOMCAT) {
            settings.put("price.of.the.server", "17 sat");
            settings.put("lsat.invoice.memo", "of the server");
            settings.put("%shop.lsat.rules.of-the-server.path", "/of-the-server/*");
            settings.put("%shop.lsat.rules.of-the-server.price", "${price.of.the.server}");
            settings.put("mp.config.profile", "shop");
        }
        WebArchive war = TestWar.war("server-config.war", settings);
        RestWar.Libraries.RESTEASY.files().ifPresent(war::addAsLibraries);
        return war;
    }

    @Test
    void aRuleOfTheServersConfigurationHasAPrice() throws IOException, Bolt11Exception {
        assertThat(invoice("/of-the-server/x").amountMsat()).hasValue(17_000);
    }

    @Test
    void aPriceMayBeAnExpressionOverThePropertiesOfTheServer() throws IOException, Bolt11Exception {
        assertThat(invoice("/expression/x").amountMsat()).hasValue(17_000);
    }

    @Test
    void whatTheServerSaysWithAHigherOrdinalHoldsInsteadOfTheApplicationsFile() throws IOException, Bolt11Exception {
        assertThat(invoice("/expression/x").description()).hasValue("of the server");
    }

    private static Bolt11 invoice(String path) throws IOException, Bolt11Exception {
        Answer challenge = SHOP.get(path);
        assertThat(challenge.status()).as(challenge::toString).isEqualTo(402);
        return Bolt11.parse(challenge.member("invoice"));
    }
}
