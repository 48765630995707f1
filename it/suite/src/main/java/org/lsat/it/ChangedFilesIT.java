package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.PaidToken;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.Shop.Token;
import org.lsat.testkit.TestTokens;

/** Secrets and revoked payments change with their files, while the application runs and clients buy. */
@ExtendWith(ArquillianExtension.class)
@NullUnmarked
class ChangedFilesIT {

    private static final String OLD = TestWar.SECRET;
    private static final String NEW = "integration-test-secret-not-for-any-other-use-2";
    private static final int OUTSTANDING = 1000;
    private static final int CLIENTS = 4;
    private static final long WITHIN_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final String THREAD = "\"lsat-files\"";

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "rotated", managed = false, testable = false)
    public static WebArchive rotated() throws IOException {
        Path folder = folder("rotated");
        replace(folder.resolve("secret"), OLD);
        replace(folder.resolve("previous"), OLD);
        return war(
                "rotated",
                Map.of(
                        "lsat.secret.file",
                        folder.resolve("secret").toString(),
                        "lsat.secret.previous.file",
                        folder.resolve("previous").toString()));
    }

    @Deployment(name = "revoking", managed = false, testable = false)
    public static WebArchive revoking() throws IOException {
        Path folder = folder("revoking");
        replace(folder.resolve("secret"), OLD);
        replace(folder.resolve("revoked"), "# none yet\n");
        return war(
                "revoking",
                Map.of(
                        "lsat.secret.file",
                        folder.resolve("secret").toString(),
                        "lsat.revoked.file",
                        folder.resolve("revoked").toString()));
    }

    private static WebArchive war(String name, Map<String, String> files) {
        Map<String, String> settings = TestWar.settings();
        settings.remove("lsat.secret");
        settings.putAll(files);
        return TestWar.war(name + ".war", settings);
    }

    private static Path folder(String name) throws IOException {
        return Files.createDirectories(Path.of("target").toAbsolutePath().resolve("files-of-" + name));
    }

    private static void replace(Path file, String text) throws IOException {
        Path written = Files.writeString(file.resolveSibling("written"), text);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void aSecretThatIsChangedUnderLoadLosesNoTokenAndOneThatIsRetiredOpensNothing() throws Exception {
        Path folder = folder("rotated");
        deployer.deploy("rotated");
        ServerProcess server;
        try {
            Shop shop = Shop.at("/rotated");
            server = ServerProcess.of(shop);
            assertThat(server.threads()).contains(THREAD);
            List<PaidToken> sold = minted(OLD);
            Traffic traffic = new Traffic(shop, "/api/paid/x", "/bundle/x", "/pass/x");
            traffic.awaitSales();

            int unusable = ServerLog.count("the files have changed and cannot be used");
            Files.writeString(folder.resolve("secret"), "half a sec");
            Await.until(
                    "the log says that the secret cannot be used",
                    () -> ServerLog.count("the files have changed and cannot be used") > unusable);
            assertThat(accepted(shop, sold.subList(0, 10))).isEqualTo(10);

            PaidToken first = minted(NEW).get(0);
            assertThat(status(shop, first)).isEqualTo(402);
            replace(folder.resolve("secret"), NEW + "\n");
            within("a token of the new secret opens", () -> status(shop, first) == 200);
            assertThat(accepted(shop, sold)).isEqualTo(OUTSTANDING);
            assertThat(status(
                            shop,
                            new PaidToken(
                                    shop.buy("/pass/x").macaroon(), sold.get(0).preimage())))
                    .isEqualTo(402);
            traffic.awaitSales();
            traffic.awaitSales();

            replace(folder.resolve("previous"), NEW + "\n");
            within("a token of the retired secret opens nothing", () -> status(shop, sold.get(0)) == 402);
            assertThat(accepted(shop, sold)).isZero();
            assertThat(accepted(shop, minted(NEW))).isEqualTo(OUTSTANDING);
            traffic.awaitSales();
            traffic.end();
            assertThat(traffic.faults()).as(traffic::toString).isEmpty();
            assertThat(traffic.toString()).doesNotContain("503=");
        } finally {
            deployer.undeploy("rotated");
        }
        assertThat(server.threads()).doesNotContain(THREAD);
    }

    private static List<PaidToken> minted(String secret) {
        TestTokens tokens = TestTokens.of("suite", secret);
        List<PaidToken> minted = new ArrayList<>();
        for (int i = 0; i < OUTSTANDING; i++) {
            minted.add(tokens.mint("pass"));
        }
        return minted;
    }

    private static int status(Shop shop, PaidToken token) throws IOException {
        return shop.get("/pass/x", "Authorization: " + token.authorization()).status();
    }

    private static long accepted(Shop shop, List<PaidToken> tokens) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<Integer>> calls = new ArrayList<>();
            tokens.forEach(token -> calls.add(() -> status(shop, token)));
            long accepted = 0;
            for (Future<Integer> status : clients.invokeAll(calls)) {
                assertThat(status.get()).isIn(200, 402);
                accepted += status.get() == 200 ? 1 : 0;
            }
            return accepted;
        } finally {
            clients.shutdownNow();
        }
    }

    private static void within(String what, Await.Condition condition) throws IOException {
        long start = System.nanoTime();
        Await.until(what, condition);
        assertThat(System.nanoTime() - start).as(what).isLessThan(WITHIN_NANOS);
    }

    @Test
    void aPaymentThatIsRevokedOpensNothingAndOneThatIsTakenFromTheListOpensAgain() throws IOException {
        Path revoked = folder("revoking").resolve("revoked");
        deployer.deploy("revoking");
        try {
            Shop shop = Shop.at("/revoking");
            Token pass = shop.buy("/pass/x");
            Token bundle = shop.buy("/bundle/x");
            Token other = shop.buy("/pass/x");
            assertThat(shop.get("/bundle/x", bundle.header()).header("L402-Uses-Left"))
                    .contains("4");

            replace(revoked, pass.paymentHash().substring(0, 8) + " # posted in a forum\n" + bundle.paymentHash());
            within(
                    "the pass is revoked",
                    () -> shop.get("/pass/x", pass.header()).status() == 402);
            for (Answer answer : List.of(
                    shop.get("/pass/x", pass.header()),
                    shop.get("/bundle/x", bundle.header()),
                    shop.get("/bundle/x", bundle.header()))) {
                assertThat(answer.status()).isEqualTo(402);
                assertThat(answer.member("reason")).isEqualTo("revoked");
                assertThat(answer.all("WWW-Authenticate")).hasSize(2);
            }
            assertThat(shop.get("/pass/x", other.header()).status()).isEqualTo(200);

            String fault = revoked + ", line 2: payment hashes, or their first 8 hex digits or more";
            replace(revoked, other.paymentHash() + "\nnot-a-hash\n");
            ServerLog.awaitAll(fault);
            assertThat(shop.get("/pass/x", other.header()).status()).isEqualTo(200);
            assertThat(shop.get("/pass/x", pass.header()).status()).isEqualTo(402);

            replace(revoked, "# none any more");
            within(
                    "the pass opens again",
                    () -> shop.get("/pass/x", pass.header()).status() == 200);
            assertThat(shop.get("/bundle/x", bundle.header()).header("L402-Uses-Left"))
                    .contains("3");
        } finally {
            deployer.undeploy("revoking");
        }
    }
}
