package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Driver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.Shop.Token;

/** The cable to the PostgreSQL in which uses are counted is cut or goes dead for a while, and is mended. */
@ExtendWith(ArquillianExtension.class)
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "tomcat|wildfly")
@NullUnmarked
class DatabaseAwayIT {

    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("database.away.seconds", 4));

    private static final Shop SHOP = Shop.at("/away");
    private static final Driver DRIVER = ServiceLoader.load(Driver.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(one -> one.getClass().getName().startsWith("org.postgresql."))
            .findFirst()
            .orElseThrow();
    private static final EmbeddedPostgres POSTGRES = start();
    private static final Cable CABLE = lay(POSTGRES.getPort());

    private static final int BOUGHT = 5;
    private static final int CALLERS = 20;

    /** With a pool of the server's that tries a connection before it gives it away: Tomcat's does, WildFly's is told to. */
    @Deployment(testable = false)
    public static WebArchive away() {
        Map<String, String> settings = TestWar.settings();
        settings.put("lsat.ledger", "jdbc");
        settings.put(
                "lsat.ledger.datasource",
                Server.KIND == Server.TOMCAT ? "java:comp/env/jdbc/counts" : "java:jboss/datasources/counts");
        WebArchive war = TestWar.war("away.war", settings)
                .addAsLibraries(TestWar.librariesForDataSource())
                .addAsLibraries(TestWar.jar(DRIVER.getClass()));
        String url = "jdbc:postgresql://127.0.0.1:" + CABLE.port() + "/postgres?connectTimeout=2&amp;socketTimeout=2";
        return Server.KIND == Server.TOMCAT
                ? war.addAsManifestResource(new StringAsset(CONTEXT_XML.formatted(url)), "context.xml")
                : war.addAsWebInfResource(new StringAsset(DS_XML.formatted(url, driver())), "counts-ds.xml");
    }

    /** WildFly's name for the one in the WAR. */
    private static String driver() {
        return "away.war_" + DRIVER.getClass().getName() + "_" + DRIVER.getMajorVersion() + "_"
                + DRIVER.getMinorVersion();
    }

    private static final String CONTEXT_XML = """
            <Context>
              <Resource name="jdbc/counts" type="javax.sql.DataSource" driverClassName="org.postgresql.Driver"
                        url="%s" username="postgres" maxWaitMillis="2000"/>
            </Context>
            """;

    private static final String DS_XML = """
            <datasources xmlns="http://www.jboss.org/ironjacamar/schema">
              <datasource jndi-name="java:jboss/datasources/counts" pool-name="counts">
                <connection-url>%s</connection-url>
                <driver>%s</driver>
                <security><user-name>postgres</user-name></security>
                <validation>
                  <valid-connection-checker
                      class-name="org.jboss.jca.adapters.jdbc.extensions.postgres.PostgreSQLValidConnectionChecker"/>
                  <validate-on-match>true</validate-on-match>
                </validation>
              </datasource>
            </datasources>
            """;

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Cable lay(int port) {
        try {
            return new Cable(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        CABLE.close();
        POSTGRES.close();
    }

    @Test
    void whileTheDatabaseIsAwayPassesOpenAndNobodyElseAndAfterwardsEveryCountIsExact() throws Exception {
        Token pass = SHOP.buy("/pass/x");
        Token bundle = SHOP.buy("/bundle/x");
        Token unused = SHOP.buy("/bundle/x");
        Token slow = SHOP.buy("/bundle/x");
        assertLeft(4, SHOP.get("/bundle/x", bundle.header()));
        assertLeft(3, SHOP.get("/bundle/x", bundle.header()));

        ExecutorService clients = Executors.newFixedThreadPool(CALLERS);
        Future<Answer> inFlight = clients.submit(() -> SHOP.get("/bundle/slow", slow.header()));
        assertThat(SHOP.get("/entered").status()).isEqualTo(204);
        CABLE.cut();
        try {
            assertThat(SHOP.get("/release").status()).isEqualTo(204);
            // It was let in before.
            assertLeft(4, inFlight.get());
            long end = System.nanoTime() + AWAY.toNanos();
            do {
                assertThat(SHOP.get("/pass/x", pass.header()).status()).isEqualTo(200);
                assertThat(SHOP.get("/free").status()).isEqualTo(200);
                for (Answer answer : together(clients, bundle, unused, slow)) {
                    assertThat(answer.status()).as(answer::toString).isEqualTo(503);
                    assertThat(answer.member("reason")).isEqualTo("ledger-unavailable");
                    assertThat(answer.header("Retry-After").orElse("")).matches("[1-9][0-9]*");
                }
                assertThat(SHOP.get("/bundle/x").status()).isIn(402, 503);
                assertThat(SHOP.get("/bundle/x", new Token(bundle.macaroon(), pass.preimage()).header())
                                .status())
                        .isIn(402, 503);
                TimeUnit.MILLISECONDS.sleep(50);
            } while (System.nanoTime() < end);
        } finally {
            CABLE.mend();
        }

        Await.until("the database is asked again", () -> {
            Answer answer = SHOP.get("/bundle/x", bundle.header());
            if (answer.status() == 200) {
                assertLeft(2, answer);
            }
            return answer.status() == 200;
        });
        assertThat(served(together(clients, Collections.nCopies(CALLERS, unused).toArray(Token[]::new))))
                .isEqualTo(BOUGHT);
        assertServedUntilUsedUp(2, bundle);
        assertServedUntilUsedUp(4, slow);
        clients.shutdown();
    }

    @Test
    void whileTheDatabaseHangsPassesOpenAndNobodyElseAndAfterwardsEveryCountIsExact() throws Exception {
        Token pass = SHOP.buy("/pass/x");
        Token bundle = SHOP.buy("/bundle/x");
        assertLeft(4, SHOP.get("/bundle/x", bundle.header()));
        Token[] many = Collections.nCopies(CALLERS, bundle).toArray(Token[]::new);
        ExecutorService clients = Executors.newFixedThreadPool(CALLERS + 1);
        CABLE.goDead();
        try {
            Future<List<Answer>> hanging = clients.submit(() -> together(clients, many));
            do {
                long begin = System.nanoTime();
                assertThat(SHOP.get("/pass/x", pass.header()).status()).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
                TimeUnit.MILLISECONDS.sleep(50);
            } while (!hanging.isDone());
            assertThat(hanging.get()).allMatch(answer -> answer.status() == 503);
        } finally {
            CABLE.mend();
        }

        Await.until("the database is asked again", () -> {
            Answer answer = SHOP.get("/bundle/x", bundle.header());
            if (answer.status() == 200) {
                assertLeft(3, answer);
            }
            return answer.status() == 200;
        });
        assertServedUntilUsedUp(3, bundle);
        clients.shutdown();
    }

    private static void assertLeft(int left, Answer answer) {
        assertThat(answer.status()).as(answer::toString).isEqualTo(200);
        assertThat(answer.header("L402-Uses-Left")).contains(String.valueOf(left));
    }

    private static void assertServedUntilUsedUp(int left, Token token) throws IOException {
        for (int each = left; each > 0; each--) {
            assertLeft(each - 1, SHOP.get("/bundle/x", token.header()));
        }
        // The client has its answer before the use is settled, and until then it is in flight.
        Await.until("it is used up", () -> {
            Answer answer = SHOP.get("/bundle/x", token.header());
            assertThat(answer.member("reason")).isIn("used-up", "in-flight");
            return answer.status() == 402;
        });
    }

    private static List<Answer> together(ExecutorService clients, Token... tokens) throws Exception {
        List<Callable<Answer>> calls = new ArrayList<>();
        for (Token token : tokens) {
            calls.add(() -> SHOP.get("/bundle/x", token.header()));
        }
        List<Answer> answers = new ArrayList<>();
        for (Future<Answer> answer : clients.invokeAll(calls)) {
            answers.add(answer.get());
        }
        return answers;
    }

    private static long served(List<Answer> answers) {
        assertThat(answers).allMatch(answer -> List.of(200, 402, 503).contains(answer.status()));
        return answers.stream().filter(answer -> answer.status() == 200).count();
    }
}
