package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.InvoiceBackend;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.redeploy.HeldBackend;
import org.lsat.servlet.LsatFilter;
import org.lsat.testkit.TestTokens;

/** An application that ends while clients ask: nothing of it stays, nobody gets in free, and no payment is lost. */
@DisabledIfSystemProperty(
        named = "arquillian.launch",
        matches = "liberty",
        disabledReason =
                "Open Liberty itself keeps class loaders of former deployments, and cannot end one under requests")
@ExtendWith(ArquillianExtension.class)
@NullUnmarked
class RedeployIT {

    private static final int REDEPLOYS = 20;
    private static final int IN_FLIGHT = 100;

    /** Of each kind of request that holds a thread. Payara has five threads for requests, the others more. */
    private static final int HOLDING_A_THREAD = Server.KIND == Server.PAYARA ? 1 : 8;

    /** More than any of the servers has for requests. */
    private static final int ALL_THREADS = 60;

    private static final Shop REDEPLOYED = Shop.at("/redeployed");
    private static final Shop ENDING = Shop.at("/ending");

    /**
     * Tomcat says so of an application that leaves something behind. Its own thread that looks after the applications it
     * takes for one of theirs while it does; and of the one that ends under requests, a request's thread that helps it unload a
     * servlet and waits for the others: what is left of that one, its class loader tells.
     */
    private static final Pattern LEFT_BEHIND = Pattern.compile(
            "registered the JDBC driver|appears to have started a thread named \\[(?!Catalina-utility)|created a ThreadLocal"
                    + "|\\[(?!ending)[^]]*] is still processing a request that has yet to finish");

    @ArquillianResource
    private Deployer deployer;

    private List<String> leftBehindBefore;

    @Deployment(name = "redeployed", managed = false, testable = false)
    public static WebArchive redeployed() {
        Map<String, String> settings = settings();
        settings.put("lsat.ledger", "jdbc");
        // What a deployment had charged and could not settle any more is given back then.
        settings.put("lsat.ledger.lease", "PT3S");
        return RestWar.withResources("redeployed.war", settings, HeldBackend.class.getPackage())
                .addAsLibraries(TestWar.librariesForFile());
    }

    @Deployment(name = "ending", managed = false, testable = false)
    public static WebArchive ending() {
        Map<String, String> settings = settings();
        settings.put("lsat.backend", "held");
        settings.remove("lsat.dev.allow-remote");
        WebArchive war = RestWar.withResources("ending.war", settings, HeldBackend.class.getPackage())
                .addAsResource(
                        new StringAsset(HeldBackend.class.getName()),
                        "META-INF/services/" + InvoiceBackend.class.getName());
        // Else Tomcat waits two seconds for requests, and then ends the application under them. Payara never forgets
        // whose such a
        // file it read last.
        return Server.KIND == Server.TOMCAT
                ? war.addAsManifestResource(new StringAsset("<Context unloadDelay=\"10000\"/>"), "context.xml")
                : war;
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = TestWar.settings();
        settings.keySet().removeIf(key -> key.startsWith("lsat.rules."));
        TestWar.rule(settings, "held", "/held/*", "1 sat");
        TestWar.rule(settings, "held-invoice", "/invoice", "7 sat");
        return settings;
    }

    @BeforeEach
    void look() throws IOException {
        leftBehindBefore = ServerLog.lines(LEFT_BEHIND);
    }

    @AfterEach
    void theLogSaysNothingOfThingsLeftBehind() throws IOException {
        assertThat(ServerLog.lines(LEFT_BEHIND)).isEqualTo(leftBehindBefore);
    }

    @Test
    void twentyRedeploysUnderTrafficLeaveOneClassLoaderAndNoThread() throws Exception {
        deployer.deploy("redeployed");
        try {
            ServerProcess server = ServerProcess.of(REDEPLOYED);
            long before = server.settledClassLoadersWith(LsatFilter.class);
            Traffic traffic = new Traffic(REDEPLOYED, "/held/now", "/api/resource/now");
            try {
                traffic.awaitSales();
                for (int i = 0; i < REDEPLOYS; i++) {
                    deployer.undeploy("redeployed");
                    deployer.deploy("redeployed");
                    traffic.awaitSales();
                }
            } finally {
                traffic.end();
            }
            assertThat(traffic.faults()).isEmpty();
            occupyAllThreads();
            // That of the deployment before may live: JDK 17 keeps the record whose equals it linked last
            // (ObjectMethods).
            assertThat(server.awaitClassLoadersWith(LsatFilter.class, before + 1))
                    .isLessThanOrEqualTo(before + 1);
            // Two of the ledger are those of the application that is there.
            assertThat(server.threads().lines().filter(line -> line.startsWith("\"lsat")))
                    .hasSizeLessThanOrEqualTo(2)
                    .allMatch(line -> line.startsWith("\"lsat-ledger\""));
        } finally {
            deployer.undeploy("redeployed");
        }
    }

    /** An idle thread may still have on its stack what it did last, and with it a former deployment. */
    private static void occupyAllThreads() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(ALL_THREADS);
        List<Future<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < ALL_THREADS; i++) {
            answers.add(clients.submit(() -> REDEPLOYED.get("/moment")));
        }
        for (Future<Answer> answer : answers) {
            assertThat(answer.get().status()).isEqualTo(200);
        }
        clients.shutdown();
    }

    /** One of the requests in flight. */
    private record Sent(String path, List<String> credential, Future<Integer> status) {}

    @Test
    void anUndeploymentWithAHundredRequestsInFlightEndsClean() throws Exception {
        deployer.deploy("ending");
        ServerProcess server = ServerProcess.of(ENDING);
        // With it, and maybe the one before.
        long before = server.settledClassLoadersWith(LsatFilter.class);
        ExecutorService clients = Executors.newFixedThreadPool(IN_FLIGHT);
        List<Sent> inFlight = new ArrayList<>();
        for (String path : paths()) {
            String[] credential = path.equals("/invoice") ? new String[0] : new String[] {token(path)};
            inFlight.add(new Sent(path, List.of(credential), clients.submit(() -> status(path, credential))));
        }
        try {
            Await.until(
                    "all are in the application",
                    () -> ENDING.get("/count").body().strip().equals(String.valueOf(IN_FLIGHT)));
            ENDING.get("/release");
        } finally {
            deployer.undeploy("ending");
        }
        for (Sent sent : inFlight) {
            sent.status().get();
        }
        assertThat(server.awaitClassLoadersWith(LsatFilter.class, before)).isLessThanOrEqualTo(before);
        deployer.deploy("ending");
        try {
            for (Sent sent : inFlight) {
                if (sent.credential().size() == 1 && sent.status().get() != 200) {
                    Answer again = ENDING.get(
                            sent.path().replaceFirst("[a-z]+$", "now"),
                            sent.credential().toArray(String[]::new));
                    assertThat(again.status()).as(again::toString).isEqualTo(200);
                }
            }
        } finally {
            deployer.undeploy("ending");
        }
    }

    private static List<String> paths() {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < HOLDING_A_THREAD; i++) {
            paths.addAll(List.of("/invoice", "/held/blocking", "/api/resource/blocking"));
        }
        while (paths.size() < IN_FLIGHT) {
            paths.add(paths.size() % 2 == 0 ? "/held/async" : "/api/resource/async");
        }
        return paths;
    }

    private static String token(String path) {
        String rule = path.startsWith("/held") ? "held" : "resource";
        return "Authorization: "
                + TestTokens.of("suite", TestWar.SECRET).uses(1).mint(rule).authorization();
    }

    /**
     * 0 where the server closed the connection; what it does not answer and does not close fails. But for Payara: where it is
     * slower than the application's own timer, nobody completes what is asynchronous, and Payara leaves it so.
     */
    private static int status(String path, String[] credential) throws IOException {
        try {
            return ENDING.get(path, credential).status();
        } catch (SocketTimeoutException e) {
            if (Server.KIND == Server.PAYARA && path.endsWith("async")) {
                return 0;
            }
            throw e;
        } catch (IOException e) {
            return 0;
        }
    }
}
