package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.Shop.Token;
import org.lsat.protocol.Bolt11;
import org.lsat.servlet.LsatFilter;
import org.lsat.testkit.FakeLnd;

/** The one JAR with an LND by REST: sells on each server, and leaves nothing after connections that were good. */
@ExtendWith(ArquillianExtension.class)
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "tomcat|wildfly|payara")
@NullUnmarked
class OneJarByRestIT {

    private static final Shop ONE = Shop.at("/rest");
    private static final Shop NODE = Shop.at("/rest-lnd");
    private static final Path DIRECTORY = makeDirectory();
    private static final FakeLnd LND = startLnd();
    private static final Pattern LEFT_BEHIND = Pattern.compile(
            "registered the JDBC driver|started a thread named \\[(?!Catalina-utility)|created a ThreadLocal");

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "rest", testable = false)
    public static WebArchive one() {
        return OneJar.war("rest.war", TestWar.settings());
    }

    @Deployment(name = "rest-lnd", managed = false, testable = false)
    public static WebArchive lnd() {
        Map<String, String> settings = TestWar.settings();
        settings.remove("lsat.dev.allow-remote");
        settings.put("lsat.backend", "lnd-rest");
        settings.put("lsat.network", "regtest");
        settings.put("lsat.settlement", "strict");
        settings.put("lsat.ledger.dir", DIRECTORY.resolve("counts").toString());
        settings.put("lsat.lnd.target", LND.restTarget());
        settings.put("lsat.lnd.cert", LND.certificate().toString());
        settings.put("lsat.lnd.macaroon", LND.macaroon().toString());
        return OneJar.war("rest-lnd.war", settings);
    }

    private static Path makeDirectory() {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "rest");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FakeLnd startLnd() {
        try {
            return FakeLnd.start(DIRECTORY, InstantSource.system(), "bcrt");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stopLnd() {
        LND.close();
    }

    @Test
    void itSellsByRestAndAnUndeploymentLeavesNothing() throws Exception {
        ServerProcess server = ServerProcess.of(ONE);
        long before = server.settledClassLoadersWith(LsatFilter.class);
        List<String> saidBefore = ServerLog.lines(LEFT_BEHIND);
        for (int i = 0; i < 3; i++) {
            deployer.deploy("rest-lnd");
            try {
                for (int j = 0; j < 3; j++) {
                    Answer challenge = NODE.get("/api/paid/x");
                    assertThat(challenge.status()).as(challenge::toString).isEqualTo(402);
                    String bolt11 = challenge.member("invoice");
                    Token token = new Token(
                            challenge.member("macaroon"),
                            LND.node().preimageOf(bolt11).revealHex());
                    assertThat(NODE.get("/api/paid/x", token.header()).status()).isEqualTo(503);
                    LND.settle(Bolt11.parse(bolt11).paymentHash());
                    assertThat(NODE.get("/api/paid/x", token.header()).status()).isEqualTo(200);
                }
            } finally {
                deployer.undeploy("rest-lnd");
            }
        }
        assertThat(server.awaitClassLoadersWith(LsatFilter.class, before + 1)).isLessThanOrEqualTo(before + 1);
        Await.until("no thread is left", () -> {
            server.jcmd("GC.run");
            String threads = server.threads();
            return !threads.contains("\"HttpClient-") && !threads.contains("\"lsat-node\"");
        });
        assertThat(ServerLog.lines(LEFT_BEHIND)).isEqualTo(saidBefore);
    }
}
