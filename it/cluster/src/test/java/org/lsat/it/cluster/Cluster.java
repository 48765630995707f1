package org.lsat.it.cluster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.lsat.it.Shop;
import org.lsat.it.TestWar;
import org.lsat.testkit.TestTokens;

/**
 * Two nodes with the same application, the PostgreSQL in which both count, and the proxy in front of them. All listen on the
 * loopback interface: the proxy on 18700, the nodes from 18701 on.
 */
final class Cluster {

    static final String REALM = "cluster";

    private static final int PORT = 18700;

    private final EmbeddedPostgres postgres;
    private final List<Node> nodes;
    private final RoundRobin proxy;
    private final String dataSource;
    private String secret;

    /** Makes the nodes of a kind. */
    @FunctionalInterface
    interface Kind {
        List<Node> nodes(String databaseUrl, Path driver) throws IOException, InterruptedException;
    }

    /** {@code dataSource}: its name in JNDI. */
    Cluster(Kind kind, String dataSource) throws IOException, InterruptedException, SQLException {
        this.dataSource = dataSource;
        this.secret = newSecret();
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start();
        String url = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
        Driver driver = DriverManager.getDriver(url);
        nodes = kind.nodes(url, TestWar.jar(driver.getClass()).toPath());
        proxy = new RoundRobin(PORT, nodes.stream().map(Node::port).toList(), Node.CONTEXT, Node.FREE);
        File war = war(1);
        for (Node node : nodes) {
            for (String file : List.of("secret", "next", "previous")) {
                node.write(file, secret);
            }
            node.write("revoked", "");
            node.deploy(war);
            node.begin();
        }
        for (Node node : nodes) {
            node.awaitServing();
        }
    }

    static String newSecret() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The application; its list of plans has the version. */
    File war(int version) {
        Map<String, String> settings = TestWar.settings();
        settings.remove("lsat.secret");
        settings.put("lsat.realm", REALM);
        settings.put("lsat.ledger", "jdbc");
        settings.put("lsat.ledger.datasource", dataSource);
        settings.put("lsat.ledger.lease", "PT3S");
        settings.put("lsat.trusted-proxies", "127.0.0.1/32");
        settings.put("lsat.plans.deposit.price", "40 sat");
        settings.put("lsat.plans.deposit.deposit", "40 sat");
        settings.put("lsat.plans.deposit.rules", "paid");
        settings.put("lsat.plans.deposit.description", version(version));
        File file = new File(System.getProperty("cluster.directory"), "shop-" + version + ".war");
        TestWar.war("shop.war", settings)
                .addAsLibraries(TestWar.librariesForDataSource())
                .as(ZipExporter.class)
                .exportTo(file, true);
        return file;
    }

    /** What only this version says. */
    static String version(int version) {
        return "Version " + version;
    }

    Node first() {
        return nodes.get(0);
    }

    Node second() {
        return nodes.get(1);
    }

    List<Node> nodes() {
        return nodes;
    }

    /** Either node, by turns. */
    Shop shop() {
        return Shop.at(PORT, Node.CONTEXT);
    }

    RoundRobin proxy() {
        return proxy;
    }

    /** With which both nodes sell now. */
    String secret() {
        return secret;
    }

    void sellsWith(String newSecret) {
        secret = newSecret;
    }

    /** Makes tokens as the nodes sell them, without buying each. */
    TestTokens tokens() {
        return TestTokens.of(REALM, secret);
    }

    /** Kills what runs. */
    void close() throws IOException, InterruptedException {
        for (Node node : nodes) {
            node.kill();
        }
        proxy.close();
        postgres.close();
    }
}
