package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
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
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.Shop.Token;
import org.lsat.protocol.PaymentHash;
import org.lsat.servlet.LsatFilter;
import org.lsat.testkit.FakeLnd;

/** One JAR, alone in {@code WEB-INF/lib}, is the whole paywall. */
@ExtendWith(ArquillianExtension.class)
@NullUnmarked
class OneJarIT {

    private static final Shop ONE = Shop.at("/one");
    private static final Shop NODE = Shop.at("/one-lnd");
    private static final Shop BY_REST = Shop.at("/one-rest");
    private static final Path DIRECTORY = makeDirectory();
    private static final FakeLnd LND = startLnd();

    private static final int REDEPLOYS = 3;
    private static final int MEASURED = 5;

    /** More than any of the servers has for requests. */
    private static final int ALL_THREADS = 60;

    /** Than with the modules of which it is made, and without those for LND. */
    private static final Duration LONGER_AT_MOST = Duration.ofSeconds(3);

    /** In the words of Tomcat, whose own thread that looks after the applications may be in one of them. */
    private static final Pattern LEFT_BEHIND = Pattern.compile(
            "registered the JDBC driver|started a thread named \\[(?!Catalina-utility)|created a ThreadLocal");

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "one", testable = false)
    public static WebArchive one() {
        Map<String, String> settings = TestWar.settings();
        if (Server.KIND != Server.TOMCAT) {
            // Only MicroProfile Config knows expressions.
            settings.put("lsat.rules.paid.price", "${price.of.paid}");
            settings.put("price.of.paid", "1 sat");
        }
        return OneJar.war("one.war", settings);
    }

    @Deployment(name = "one-resteasy", managed = false, testable = false)
    public static WebArchive resteasy() {
        return OneJar.withResources("one-resteasy.war", TestWar.settings(), RestWar.Libraries.RESTEASY);
    }

    @Deployment(name = "one-jersey", managed = false, testable = false)
    public static WebArchive jersey() {
        return OneJar.withResources("one-jersey.war", TestWar.settings(), RestWar.Libraries.JERSEY);
    }

    @Deployment(name = "one-lnd", managed = false, testable = false)
    public static WebArchive lnd() {
        return OneJar.war("one-lnd.war", node());
    }

    private static Map<String, String> node() {
        Map<String, String> settings = TestWar.settings();
        settings.remove("lsat.dev.allow-remote");
        settings.put("lsat.backend", "lnd");
        settings.put("lsat.network", "regtest");
        settings.put("lsat.ledger.dir", DIRECTORY.resolve("counts").toString());
        settings.put("lsat.lnd.target", LND.target());
        settings.put("lsat.lnd.cert", LND.certificate().toString());
        settings.put("lsat.lnd.macaroon", LND.macaroon().toString());
        return settings;
    }

    @Deployment(name = "one-rest", managed = false, testable = false)
    public static WebArchive rest() {
        Map<String, String> settings = node();
        settings.put("lsat.backend", "lnd-rest");
        settings.put("lsat.lnd.target", LND.restTarget());
        settings.put("lsat.settlement", "strict");
        return OneJar.war("one-rest.war", settings);
    }

    /** To compare with. */
    @Deployment(name = "thin", managed = false, testable = false)
    public static WebArchive thin() {
        return TestWar.war("thin.war", TestWar.settings());
    }

    @Deployment(name = "again", managed = false, testable = false)
    public static WebArchive again() {
        return OneJar.war("again.war", TestWar.settings());
    }

    private static Path makeDirectory() {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "lnd");
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
    void itSellsByPathWithTheDevWalletAndReadsTheConfigurationOfTheServer() throws IOException {
        Answer challenge = ONE.get("/api/paid/x");
        assertThat(challenge.member("amountMsat")).isEqualTo("1000");
        Token token = ONE.pay(challenge);
        assertThat(ONE.get("/api/paid/x", token.header()).body()).contains("PAID-CONTENT access=paid");
        assertThat(ONE.get("/api/paid/x", token.header()).status()).isEqualTo(402);
        assertThat(ONE.get("/free").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void itSellsByAnnotationWhereThereIsJakartaRest(RestWar.Libraries libraries) throws IOException {
        String name = libraries == RestWar.Libraries.RESTEASY ? "one-resteasy" : "one-jersey";
        deployer.deploy(name);
        try {
            Shop shop = Shop.at("/" + name);
            Answer challenge = shop.get("/api/method/paid");
            assertThat(challenge.member("rule")).isEqualTo("method");
            Token token = shop.pay(challenge);
            assertThat(shop.get("/api/method/paid", token.header()).body()).contains("PAID-CONTENT method");
            assertThat(shop.get("/api/method/paid", token.header()).status()).isEqualTo(402);
            assertThat(shop.get("/api/method").body()).contains("free");
            Token byPath = shop.buy("/bundle/x");
            assertThat(shop.get("/bundle/x", byPath.header()).status()).isEqualTo(200);
        } finally {
            deployer.undeploy(name);
        }
    }

    @Test
    void itStartsWhileTheNodeIsDownAndSellsWhenItIsThere() throws IOException {
        LND.stop();
        deployer.deploy("one-lnd");
        try {
            Answer refused = NODE.get("/api/paid/x");
            assertThat(refused.status()).as(refused::toString).isEqualTo(503);
            assertThat(refused.member("reason")).isEqualTo("node-unavailable");
            LND.start();
            Await.until("a 402", () -> NODE.get("/api/paid/x").status() == 402);
            assertSells(NODE, false);
        } finally {
            deployer.undeploy("one-lnd");
        }
    }

    private static void assertSells(Shop shop, boolean isStrict) throws IOException {
        Token token = buyFromTheNode(shop, "/api/paid/x");
        if (isStrict) {
            assertThat(shop.get("/api/paid/x", token.header()).member("reason")).isEqualTo("payment-unconfirmed");
            LND.settle(PaymentHash.ofHex(token.paymentHash()));
        }
        assertThat(shop.get("/api/paid/x", token.header()).body()).contains("PAID-CONTENT access=paid");
    }

    private static Token buyFromTheNode(Shop shop, String path) throws IOException {
        Answer challenge = shop.get(path);
        assertThat(challenge.status()).as(challenge::toString).isEqualTo(402);
        String preimage = LND.node().preimageOf(challenge.member("invoice")).revealHex();
        return new Token(challenge.member("macaroon"), preimage);
    }

    /** Nothing says that it should. */
    @Test
    void itCountsInAFileWhichARedeploymentDoesNotRefill() throws IOException {
        Token token;
        deployer.deploy("one-lnd");
        try {
            token = buyFromTheNode(NODE, "/bundle/x");
            assertUses(token, 4, 3);
        } finally {
            deployer.undeploy("one-lnd");
        }
        assertThat(DIRECTORY.resolve("counts/suite-bcrt.mv.db")).isNotEmptyFile();
        deployer.deploy("one-lnd");
        try {
            assertUses(token, 2, 1, 0);
            Answer usedUp = NODE.get("/bundle/x", token.header());
            assertThat(usedUp.status()).as(usedUp::toString).isEqualTo(402);
            assertThat(usedUp.member("reason")).isEqualTo("used-up");
        } finally {
            deployer.undeploy("one-lnd");
        }
    }

    private static void assertUses(Token token, int... left) throws IOException {
        for (int each : left) {
            Answer answer = NODE.get("/bundle/x", token.header());
            assertThat(answer.status()).as(answer::toString).isEqualTo(200);
            assertThat(answer.header("L402-Uses-Left")).contains(String.valueOf(each));
        }
    }

    /** By gRPC, and by REST with strict settlement. */
    @ParameterizedTest
    @ValueSource(strings = {"one-lnd", "one-rest"})
    void anUndeploymentLeavesNoThreadNoThreadLocalAndNoClassLoader(String name) throws Exception {
        boolean isStrict = name.equals("one-rest");
        Shop shop = isStrict ? BY_REST : NODE;
        ServerProcess server = ServerProcess.of(ONE);
        long before = server.settledClassLoadersWith(LsatFilter.class);
        List<String> saidBefore = ServerLog.lines(LEFT_BEHIND);
        for (int i = 0; i < REDEPLOYS; i++) {
            deployer.deploy(name);
            try {
                assertSells(shop, isStrict);
                assertThat(server.threads()).contains("\"lsat-node\"");
            } finally {
                deployer.undeploy(name);
            }
            // H2 names its threads by the file; Payara has a database of its own in H2.
            assertThat(server.threads()).doesNotContain("\"lsat", "suite-bcrt");
        }
        occupyAllThreads();
        // JDK 17 itself keeps the types of that record whose equals it linked last (ObjectMethods,
        // MethodHandle.asType).
        assertThat(server.awaitClassLoadersWith(LsatFilter.class, before + 1)).isLessThanOrEqualTo(before + 1);
        Await.until("the threads of the JDK's client end, as they do when it is collected", () -> {
            server.jcmd("GC.run");
            return !server.threads().contains("\"HttpClient-");
        });
        assertThat(ServerLog.lines(LEFT_BEHIND)).isEqualTo(saidBefore);
    }

    /** An idle thread may still have on its stack what it did last, and with it a former deployment. */
    private static void occupyAllThreads() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(ALL_THREADS);
        List<Future<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < ALL_THREADS; i++) {
            answers.add(clients.submit(() -> ONE.get("/moment")));
        }
        for (Future<Answer> answer : answers) {
            assertThat(answer.get().status()).isEqualTo(200);
        }
        clients.shutdown();
    }

    /** The one server that makes an index of all classes, unless there is one. */
    @Test
    @EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly")
    void wildFlyDeploysItHardlySlowerThanTheModulesOfWhichItIsMade() {
        List<Duration> thin = new ArrayList<>();
        List<Duration> one = new ArrayList<>();
        for (int i = 0; i < MEASURED; i++) {
            thin.add(timeToDeploy("thin"));
            one.add(timeToDeploy("again"));
        }
        System.out.println("WildFly deploys the modules in " + thin + ", the one JAR in " + one);
        assertThat(median(one).minus(median(thin))).isLessThan(LONGER_AT_MOST);
    }

    private Duration timeToDeploy(String name) {
        long begin = System.nanoTime();
        deployer.deploy(name);
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        deployer.undeploy(name);
        return time;
    }

    private static Duration median(List<Duration> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }
}
