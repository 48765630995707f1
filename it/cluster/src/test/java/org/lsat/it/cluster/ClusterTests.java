package org.lsat.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.lsat.PaidToken;
import org.lsat.it.Await;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.Shop;
import org.lsat.it.Shop.Token;

/** What holds of two nodes of any kind. The tests know nothing of each other but the secret that is in force. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
abstract class ClusterTests {

    private static final int OUTSTANDING = Integer.getInteger("cluster.tokens");
    private static final int USES = 40;
    private static final int CLIENTS = 4;
    private static final long LEASE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long WITHIN_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final String REREAD = "the secrets have changed and were read again";

    private Cluster cluster;

    /** With nothing sold yet. */
    abstract Cluster start() throws Exception;

    @BeforeAll
    void open() throws Exception {
        cluster = start();
    }

    @AfterAll
    void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void aPassThatWasBoughtAtOneNodeOpensAtTheOther() throws IOException {
        Token ofFirst = cluster.first().shop().buy("/pass/x");
        Token ofSecond = cluster.second().shop().buy("/pass/x");
        for (Node node : cluster.nodes()) {
            assertThat(node.shop().get("/pass/x", ofFirst.header()).status()).isEqualTo(200);
            assertThat(node.shop().get("/pass/x", ofSecond.header()).status()).isEqualTo(200);
        }
    }

    @Test
    void aBundleIsCountedOnceWhicheverNodeItIsShownTo() throws IOException {
        Token bundle = cluster.first().shop().buy("/bundle/x");
        for (int left = 4; left >= 0; left--) {
            assertLeft(left, cluster.nodes().get(left % 2).shop().get("/bundle/x", bundle.header()));
        }
        for (Node node : cluster.nodes()) {
            assertUsedUp(node.shop().get("/bundle/x", bundle.header()));
        }
        Token another = cluster.second().shop().buy("/bundle/x");
        for (int left = 4; left >= 0; left--) {
            assertLeft(left, cluster.shop().get("/bundle/x", another.header()));
        }
        assertUsedUp(cluster.shop().get("/bundle/x", another.header()));
        assertUsedUp(cluster.shop().get("/bundle/x", another.header()));
    }

    @Test
    void aDepositIsDrawnFromAtBothNodes() throws IOException {
        Token deposit = cluster.first().shop().buy("/lsat/plans/deposit");
        for (int left = 39; left >= 0; left--) {
            Answer answer = cluster.shop().get("/api/paid/x", deposit.header());
            assertThat(answer.status()).as(answer::toString).isEqualTo(200);
            assertThat(answer.header("L402-Balance-Msat")).contains(String.valueOf(left * 1000));
            if (left > 0) {
                assertThat(cluster.shop()
                                .get("/lsat/plans/deposit", deposit.header())
                                .member("balanceLeftMsat"))
                        .isEqualTo(String.valueOf(left * 1000));
            }
        }
        assertUsedUp(cluster.shop().get("/api/paid/x", deposit.header()));
        assertUsedUp(cluster.shop().get("/api/paid/x", deposit.header()));
    }

    @Test
    void ofFiveTimesAsManyUsesAtOnceOverBothNodesExactlyThoseAreServedThatWereBought() throws Exception {
        PaidToken token = cluster.tokens().uses(USES).mint("bundle");
        assertServedExactly(USES, "/bundle/x", "Authorization: " + token.authorization());
    }

    @Test
    void ofFiveTimesAsManyRequestsAtOnceOverBothNodesThoseAreServedThatADepositPaysFor() throws Exception {
        Token deposit = cluster.first().shop().buy("/lsat/plans/deposit");
        assertServedExactly(40, "/api/paid/x", deposit.header());
    }

    /** Five times as many ask at once. */
    private void assertServedExactly(int bought, String path, String token) throws Exception {
        List<Integer> before = cluster.proxy().answers();
        CyclicBarrier together = new CyclicBarrier(5 * bought);
        Map<String, Integer> counts = new TreeMap<>();
        Callable<Answer> call = () -> {
            together.await();
            return cluster.shop().get(path, token);
        };
        for (Answer answer : inParallel(5 * bought, Collections.nCopies(5 * bought, call))) {
            String reason = answer.status() == 200 ? "" : " " + answer.member("reason");
            counts.merge(answer.status() + reason, 1, Integer::sum);
        }
        System.out.println(getClass().getSimpleName() + ", R12, " + bought + " uses of " + path + ": " + counts);
        assertThat(counts).containsEntry("200", bought);
        assertThat(counts.keySet()).isSubsetOf("200", "402 used-up", "503 in-flight");
        for (int i = 0; i < before.size(); i++) {
            assertThat(cluster.proxy().answers().get(i) - before.get(i)).isGreaterThan(bought);
        }
        assertUsedUp(cluster.shop().get(path, token));
        assertUsedUp(cluster.shop().get(path, token));
    }

    private static <T> List<T> inParallel(int threads, List<Callable<T>> calls)
            throws InterruptedException, ExecutionException {
        ExecutorService clients = Executors.newFixedThreadPool(threads);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : clients.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        } finally {
            clients.shutdownNow();
        }
    }

    private static void assertLeft(int left, Answer answer) {
        assertThat(answer.status()).as(answer::toString).isEqualTo(200);
        assertThat(answer.header("L402-Uses-Left")).contains(String.valueOf(left));
    }

    private static void assertUsedUp(Answer answer) {
        assertThat(answer.status()).as(answer::toString).isEqualTo(402);
        assertThat(answer.member("reason")).isEqualTo("used-up");
    }

    @Test
    void aNodeThatIsKilledInTheMiddleOfARequestLosesNothingThatWasPaid() throws Exception {
        Token pass = cluster.first().shop().buy("/pass/x");
        Token bundle = cluster.first().shop().buy("/bundle/x");
        ExecutorService client = Executors.newSingleThreadExecutor();
        Customers customers = new Customers(cluster);
        try {
            customers.awaitMoreOf(0, 1);
            Future<Answer> held = client.submit(() -> cluster.first().shop().get("/bundle/slow", bundle.header()));
            assertThat(cluster.first().shop().get("/entered").status()).isEqualTo(204);
            cluster.first().kill();
            assertThat(held)
                    .failsWithin(30, TimeUnit.SECONDS)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(IOException.class);

            assertServedFiveTimesAndOnceOnlyAfterTheLease(bundle);
            assertThat(cluster.shop().get("/pass/x", pass.header()).status()).isEqualTo(200);
            customers.awaitMoreOf(1, 3);
            Token boughtMeanwhile = cluster.second().shop().buy("/bundle/x");
            assertLeft(4, cluster.shop().get("/bundle/x", boughtMeanwhile.header()));

            cluster.first().start();
            assertThat(cluster.first().shop().get("/pass/x", pass.header()).status())
                    .isEqualTo(200);
            assertLeft(3, cluster.first().shop().get("/bundle/x", boughtMeanwhile.header()));
            assertUsedUp(cluster.first().shop().get("/bundle/x", bundle.header()));
            customers.awaitMoreOf(0, 2);
            customers.awaitMoreOf(1, 2);
            customers.end();
            System.out.println(getClass().getSimpleName() + ", a node was killed: " + customers);
            assertThat(customers.faults()).isEmpty();
            // Each customer had one request under way at most.
            assertThat(customers.cutOff()).isLessThanOrEqualTo(2);
        } finally {
            customers.end();
            client.shutdownNow();
        }
    }

    /** The node that served a use has died: it is pending, and then it is there again. */
    private void assertServedFiveTimesAndOnceOnlyAfterTheLease(Token bundle) throws Exception {
        long begin = System.nanoTime();
        int served = 0;
        while (System.nanoTime() - begin < 10 * LEASE_NANOS) {
            Answer answer = cluster.second().shop().get("/bundle/x", bundle.header());
            if (answer.status() == 402) {
                assertUsedUp(answer);
                break;
            }
            if (answer.status() == 503) {
                assertThat(answer.member("reason")).isEqualTo("in-flight");
                assertThat(served).isEqualTo(4);
                TimeUnit.MILLISECONDS.sleep(100);
            } else {
                assertThat(answer.status()).as(answer::toString).isEqualTo(200);
                served++;
            }
        }
        assertThat(served).isEqualTo(5);
        assertThat(System.nanoTime() - begin).isGreaterThan(LEASE_NANOS / 2);
    }

    @Test
    void aRequestThatTakesLongerThanTheLeaseIsCountedAlsoWhereItsNodeIsAskedNothingElse() throws Exception {
        String token =
                "Authorization: " + cluster.tokens().uses(1).mint("bundle").authorization();
        ExecutorService client = Executors.newSingleThreadExecutor();
        try {
            Future<Answer> held = client.submit(() -> cluster.first().shop().get("/bundle/slow", token));
            assertThat(cluster.first().shop().get("/entered").status()).isEqualTo(204);
            long begin = System.nanoTime();
            Answer answer;
            do {
                answer = cluster.second().shop().get("/bundle/x", token);
                assertThat(answer.status()).as(answer::toString).isIn(402, 503);
                TimeUnit.MILLISECONDS.sleep(100);
            } while (System.nanoTime() - begin < LEASE_NANOS * 3 / 2);
            assertUsedUp(answer);
            assertThat(cluster.first().shop().get("/release").status()).isEqualTo(204);
            assertThat(held.get().status()).isEqualTo(200);
            assertUsedUp(cluster.second().shop().get("/bundle/x", token));
        } finally {
            client.shutdownNow();
        }
    }

    @Test
    void aSecretIsChangedUnderLoadAndOneThatIsRetiredOpensNothingAtAnyNode() throws Exception {
        String fresh = Cluster.newSecret();
        String old = cluster.secret();
        List<String> sold = minted(OUTSTANDING, 0, "pass");
        Customers customers = new Customers(cluster);
        try {
            everywhereAndRead("next", fresh);
            // The first time it is the same already.
            everywhere("previous", old);
            everywhereAndRead("secret", fresh);
            cluster.sellsWith(fresh);
            for (Node node : cluster.nodes()) {
                assertThat(accepted(node.shop(), "/pass/x", sold)).isEqualTo(OUTSTANDING);
            }
            customers.awaitMoreOf(0, 3);
            customers.awaitMoreOf(1, 3);
            List<String> later = minted(OUTSTANDING, 0, "pass");

            everywhere("previous", fresh);
            long retired = System.nanoTime();
            Await.until(
                    "both nodes refuse the old secret",
                    () -> cluster.first().shop().get("/pass/x", sold.get(0)).status() == 402
                            && cluster.second()
                                            .shop()
                                            .get("/pass/x", sold.get(0))
                                            .status()
                                    == 402);
            assertThat(System.nanoTime() - retired).isLessThan(WITHIN_NANOS);
            for (Node node : cluster.nodes()) {
                assertThat(accepted(node.shop(), "/pass/x", sold)).isZero();
                assertThat(accepted(node.shop(), "/pass/x", later)).isEqualTo(OUTSTANDING);
            }
            customers.end();
            System.out.println(getClass().getSimpleName() + ", R11, the secret was changed: " + customers);
            assertThat(customers.faults()).isEmpty();
            assertThat(customers.cutOff()).isZero();
        } finally {
            customers.end();
        }
    }

    private void everywhere(String file, String text) throws IOException {
        for (Node node : cluster.nodes()) {
            node.write(file, text);
        }
    }

    /** The time that an administrator waits is an upper bound. */
    private void everywhereAndRead(String file, String text) throws IOException {
        List<Integer> before = new ArrayList<>();
        for (Node node : cluster.nodes()) {
            before.add(node.printed(REREAD));
        }
        everywhere(file, text);
        long begin = System.nanoTime();
        for (int i = 0; i < before.size(); i++) {
            Node node = cluster.nodes().get(i);
            int seen = before.get(i);
            Await.until("the secrets are read again", () -> node.printed(REREAD) > seen);
        }
        assertThat(System.nanoTime() - begin).isLessThan(WITHIN_NANOS);
    }

    private List<String> minted(int number, int uses, String rule) {
        List<String> minted = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            minted.add(
                    "Authorization: " + cluster.tokens().uses(uses).mint(rule).authorization());
        }
        return minted;
    }

    private static long accepted(Shop shop, String path, List<String> tokens) throws Exception {
        List<Callable<Integer>> calls = new ArrayList<>();
        tokens.forEach(token -> calls.add(() -> shop.get(path, token).status()));
        List<Integer> statuses = inParallel(CLIENTS, calls);
        assertThat(statuses).isSubsetOf(200, 402);
        return statuses.stream().filter(status -> status == 200).count();
    }

    @Test
    void aPaymentThatIsRevokedByAFileOnEachNodeOpensNothingAtEither() throws IOException {
        Token pass = cluster.first().shop().buy("/pass/x");
        Token bundle = cluster.first().shop().buy("/bundle/x");
        Token other = cluster.second().shop().buy("/pass/x");
        assertLeft(4, cluster.second().shop().get("/bundle/x", bundle.header()));
        everywhere("revoked", pass.paymentHash().substring(0, 8) + "\n" + bundle.paymentHash() + "\n");
        awaitRevoked("/pass/x", pass);
        awaitRevoked("/bundle/x", bundle);
        for (Node node : cluster.nodes()) {
            assertThat(node.shop().get("/pass/x", other.header()).status()).isEqualTo(200);
        }
        everywhere("revoked", "");
    }

    @Test
    void aPaymentThatIsRevokedByJmxAtOneNodeOpensNothingAtEither() throws IOException {
        Token pass = cluster.second().shop().buy("/pass/x");
        for (Node node : cluster.nodes()) {
            assertThat(node.shop().get("/pass/x", pass.header()).status()).isEqualTo(200);
        }
        String prefix = pass.paymentHash().substring(0, 8);
        assertThat(cluster.first().shop().get("/statistics?revoke=" + prefix).body())
                .contains(prefix);
        awaitRevoked("/pass/x", pass);
    }

    private void awaitRevoked(String path, Token token) throws IOException {
        long begin = System.nanoTime();
        for (Node node : cluster.nodes()) {
            Await.until(
                    "a payment is revoked",
                    () -> node.shop().get(path, token.header()).status() == 402);
            assertThat(node.shop().get(path, token.header()).member("reason")).isEqualTo("revoked");
        }
        assertThat(System.nanoTime() - begin).isLessThan(WITHIN_NANOS);
    }

    @Test
    void whenAllNodesDieAndWhenANewerApplicationComesNoTokenAndNoCountIsLost() throws Exception {
        List<String> passes = minted(OUTSTANDING - OUTSTANDING / 2, 0, "pass");
        List<String> bundles = minted(OUTSTANDING / 2, 5, "bundle");
        assertAllOpen(passes);
        assertAllLeft(4, bundles);

        for (Node node : cluster.nodes()) {
            node.kill();
        }
        for (Node node : cluster.nodes()) {
            node.begin();
        }
        for (Node node : cluster.nodes()) {
            node.awaitServing();
        }
        assertAllOpen(passes);
        assertAllLeft(3, bundles);

        var newer = cluster.war(2);
        for (Node node : cluster.nodes()) {
            node.deploy(newer);
            node.awaitServing("/lsat/plans", Cluster.version(2));
        }
        assertAllOpen(passes);
        assertAllLeft(2, bundles);
    }

    private void assertAllOpen(List<String> passes) throws Exception {
        for (Node node : cluster.nodes()) {
            assertThat(accepted(node.shop(), "/pass/x", passes)).isEqualTo(passes.size());
        }
    }

    private void assertAllLeft(int left, List<String> bundles) throws Exception {
        List<Callable<Answer>> calls = new ArrayList<>();
        bundles.forEach(token -> calls.add(() -> cluster.shop().get("/bundle/x", token)));
        for (Answer answer : inParallel(CLIENTS, calls)) {
            assertLeft(left, answer);
        }
    }
}
