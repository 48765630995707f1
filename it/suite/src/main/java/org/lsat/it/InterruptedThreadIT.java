package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.interrupted.InterruptingServlet;

/** An application that leaves the thread of a request interrupted takes the ledger's file from nobody. */
@ExtendWith(ArquillianExtension.class)
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "tomcat|wildfly")
@NullUnmarked
class InterruptedThreadIT {

    @Deployment(testable = false)
    public static WebArchive interrupted() {
        Map<String, String> settings = TestWar.settings();
        settings.put("lsat.ledger", "jdbc");
        settings.put("lsat.realm", "interrupted");
        return TestWar.empty("interrupted.war", settings)
                .addAsLibraries(TestWar.librariesForFile())
                .addClass(InterruptingServlet.class);
    }

    @Test
    void othersAreServedAndTheUseIsCounted() throws Exception {
        Shop shop = Shop.at("/interrupted");
        Shop.Token one = shop.buy("/bundle/x");
        Shop.Token other = shop.buy("/bundle/x");
        assertThat(shop.get("/bundle/x", other.header()).status()).isEqualTo(200);
        assertThat(shop.get("/bundle/interrupts", one.header()).status()).isEqualTo(200);
        for (int i = 0; i < 3; i++) {
            assertThat(shop.get("/bundle/x", other.header()).status()).isEqualTo(200);
        }
        Answer again = shop.get("/bundle/x", one.header());
        assertThat(again.header("L402-Uses-Left")).contains("3");
    }
}
