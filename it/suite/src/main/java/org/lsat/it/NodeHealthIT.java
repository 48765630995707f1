package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.it.RawHttp.Answer;
import org.lsat.testkit.FakeLnd;

/** The readiness check of an application whose node is not there, on the servers that have MicroProfile Health. */
@ExtendWith(ArquillianExtension.class)
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "payara|liberty")
class NodeHealthIT {

    private static final FakeLnd LND = stoppedLnd();

    @Deployment(testable = false)
    public static WebArchive dead() {
        Map<String, String> settings = TestWar.settings();
        settings.remove("lsat.dev.allow-remote");
        settings.put("lsat.backend", "lnd-rest");
        settings.put("lsat.network", "regtest");
        settings.put("lsat.ledger", "memory");
        settings.put("lsat.lnd.target", LND.restTarget());
        settings.put("lsat.lnd.cert", LND.certificate().toString());
        settings.put("lsat.lnd.macaroon", LND.macaroon().toString());
        return CdiIT.withCdi(TestWar.war("dead.war", settings));
    }

    private static FakeLnd stoppedLnd() {
        try {
            Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "lnd");
            FakeLnd lnd = FakeLnd.start(directory, InstantSource.system(), "bcrt");
            lnd.stop();
            return lnd;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void closeLnd() {
        LND.close();
    }

    @Test
    void anApplicationWhoseNodeIsGoneIsNotReadyAndSaysWhyUntilTheNodeIsThere() throws IOException {
        Answer down = ready();
        assertThat(down.status()).as(down.body()).isEqualTo(503);
        assertThat(down.body())
                .contains("\"lsat-node\"", "\"DOWN\"")
                .contains("LND cannot be reached; start it, or correct lsat.lnd.target (");
        LND.start();
        Await.until("it is ready", () -> ready().status() == 200);
        assertThat(ready().body()).contains("\"lsat-node\"").doesNotContain("DOWN");
    }

    private static Answer ready() throws IOException {
        return Shop.at("").get("/health/ready");
    }
}
