package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.it.redeploy.HeldServlet;
import org.lsat.servlet.LsatFilter;

/** A backend that asks by HTTPS, with the JDK's client and its thread: nothing of it stays when the application ends. */
@ExtendWith(ArquillianExtension.class)
@NullUnmarked
class AskingBackendIT {

    private static final int REDEPLOYS = 3;

    private static final Shop ASKING = Shop.at("/asking");

    /** Nobody listens there. */
    private static final String ADDRESS = "shop@localhost:1";

    /** Tomcat says so of an application that leaves something behind. */
    private static final Pattern LEFT_BEHIND =
            Pattern.compile("appears to have started a thread named \\[(?!Catalina-utility)|created a ThreadLocal");

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "asking", managed = false, testable = false)
    public static WebArchive asking() {
        Map<String, String> settings = TestWar.settings();
        settings.keySet().removeIf(key -> key.startsWith("lsat.rules.") || key.startsWith("lsat.dev."));
        TestWar.rule(settings, "held", "/held/*", "1 sat");
        TestWar.rule(settings, "held-invoice", "/invoice", "7 sat");
        settings.putAll(Map.of(
                "lsat.backend", "lightning-address",
                "lsat.lightning-address", ADDRESS,
                "lsat.invoice.expiry", "P1D",
                "lsat.realm", "asking",
                "lsat.secret", "a secret of the tests that is long enough",
                "lsat.ledger", "memory"));
        return TestWar.empty("asking.war", settings).addClass(HeldServlet.class);
    }

    @Test
    void redeploymentsLeaveNeitherClassLoadersNorThreads() throws Exception {
        List<String> before = ServerLog.lines(LEFT_BEHIND);
        deployer.deploy("asking");
        ServerProcess server = ServerProcess.of(ASKING);
        long alive = server.settledClassLoadersWith(LsatFilter.class);
        try {
            sellsNothing();
            for (int i = 0; i < REDEPLOYS; i++) {
                deployer.undeploy("asking");
                deployer.deploy("asking");
                sellsNothing();
            }
            // An idle thread of the server may have one on its stack, of what it did last; Open Liberty itself keeps
            // more.
            if (Server.KIND != Server.LIBERTY) {
                assertThat(server.awaitClassLoadersWith(LsatFilter.class, alive + 1))
                        .isLessThanOrEqualTo(alive + 1);
            }
        } finally {
            deployer.undeploy("asking");
        }
        Await.until("no thread is left of the application, nor of the client that it had", () -> {
            server.jcmd("GC.run");
            String threads = server.threads();
            return !threads.contains("\"lsat") && !threads.contains("\"HttpClient-");
        });
        assertThat(ServerLog.lines(LEFT_BEHIND)).isEqualTo(before);
        ServerLog.awaitAll("no invoices for now: localhost cannot be reached (");
    }

    private static void sellsNothing() throws IOException {
        assertThat(ASKING.get("/held/now").status()).isEqualTo(503);
        assertThat(ASKING.get("/pid").status()).isEqualTo(200);
    }
}
