package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.it.RawHttp.Answer;

/** Counts in a database outlive the application. */
@ExtendWith(ArquillianExtension.class)
@NullUnmarked
class LedgerIT {

    private static final Pattern LEFT_BEHIND = Pattern.compile(
            "(registered the JDBC driver|appears to have started a thread named) \\[(?!Catalina-utility)");

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "counted", managed = false, testable = false)
    public static WebArchive counted() {
        return war("counted.war", Map.of());
    }

    /** The database that the server has of its own. Tomcat and Open Liberty have none, and take a file for this one, too. */
    @Deployment(name = "shared", managed = false, testable = false)
    public static WebArchive shared() {
        return database("shared.war");
    }

    private static WebArchive database(String name) {
        return war(
                name,
                switch (Server.KIND) {
                    case WILDFLY -> Map.of("lsat.ledger.datasource", "java:jboss/datasources/ExampleDS");
                    case PAYARA -> Map.of("lsat.ledger.datasource", "jdbc/__default");
                    default -> Map.of();
                });
    }

    /** Another application of the same name and secret in the same database, as on another server. */
    @Deployment(name = "sharing", managed = false, testable = false)
    public static WebArchive sharing() {
        return database("sharing.war");
    }

    private static WebArchive war(String name, Map<String, String> more) {
        Map<String, String> settings = TestWar.settings();
        settings.put("lsat.ledger", "jdbc");
        settings.put("lsat.realm", name.equals("sharing.war") ? "shared.war" : name);
        settings.putAll(more);
        return TestWar.war(name, settings).addAsLibraries(TestWar.librariesForFile());
    }

    @Test
    void aBundleIsNotRefilledByARedeploymentAndTheFileIsLetGo() throws IOException {
        int before = ServerLog.lines(LEFT_BEHIND).size();
        ServerProcess server = useTwoOfFiveAndRedeploy("counted");
        assertThat(ServerLog.lines(LEFT_BEHIND)).hasSize(before);
        assertThat(server.threads()).doesNotContain("lsat-ledger", "counted-");
    }

    @Test
    void aDatabaseOfTheServerCountsToo() throws IOException {
        useTwoOfFiveAndRedeploy("shared");
    }

    @Test
    void aPaymentThatIsRevokedByJmxStaysSoAtAllServersThatShareTheLedger() throws IOException {
        Shop shop = Shop.at("/shared");
        deployer.deploy("shared");
        String token;
        String prefix;
        try {
            Shop.Token bought = shop.buy("/pass/x");
            token = bought.header();
            prefix = bought.paymentHash().substring(0, 8);
            assertThat(shop.get("/pass/x", token).status()).isEqualTo(200);
            if (Server.KIND == Server.WILDFLY || Server.KIND == Server.PAYARA) {
                deployer.deploy("sharing");
                try {
                    assertThat(Shop.at("/sharing").get("/pass/x", token).status())
                            .isEqualTo(200);
                    revoke(shop, prefix);
                    awaitRevoked(Shop.at("/sharing"), token);
                } finally {
                    deployer.undeploy("sharing");
                }
            } else {
                revoke(shop, prefix);
            }
            assertThat(shop.get("/pass/x", token).member("reason")).isEqualTo("revoked");
        } finally {
            deployer.undeploy("shared");
        }
        deployer.deploy("shared");
        try {
            awaitRevoked(shop, token);
            assertThat(shop.get("/statistics").body()).contains(prefix);
        } finally {
            deployer.undeploy("shared");
        }
    }

    private static void revoke(Shop shop, String prefix) throws IOException {
        assertThat(shop.get("/statistics?revoke=" + prefix).body()).contains(prefix);
    }

    private static void awaitRevoked(Shop shop, String token) throws IOException {
        long start = System.nanoTime();
        Await.until("the payment is revoked", () -> shop.get("/pass/x", token).status() == 402);
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
        assertThat(shop.get("/pass/x", token).member("reason")).isEqualTo("revoked");
    }

    private ServerProcess useTwoOfFiveAndRedeploy(String name) throws IOException {
        Shop shop = Shop.at("/" + name);
        String token;
        ServerProcess server;
        deployer.deploy(name);
        try {
            token = shop.buy("/bundle/x").header();
            server = ServerProcess.of(shop);
            uses(shop, token, 4, 3);
        } finally {
            deployer.undeploy(name);
        }
        deployer.deploy(name);
        try {
            uses(shop, token, 2, 1, 0);
            Answer usedUp = shop.get("/bundle/x", token);
            assertThat(usedUp.status()).isEqualTo(402);
            assertThat(usedUp.member("reason")).isEqualTo("used-up");
            return server;
        } finally {
            deployer.undeploy(name);
        }
    }

    private static void uses(Shop shop, String token, int... left) throws IOException {
        for (int each : left) {
            Answer answer = shop.get("/bundle/x", token);
            assertThat(answer.status()).as(answer::toString).isEqualTo(200);
            assertThat(answer.header("L402-Uses-Left")).contains(String.valueOf(each));
        }
    }
}
