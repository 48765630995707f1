package org.lsat.it.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.lsat.it.Await;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.Shop.Token;

/**
 * One customer a node: buys a bundle there, which only the node's own wallet can pay, uses it up through the proxy, and counts what
 * was served for it.
 */
final class Customers {

    private static final int BOUGHT = 5;
    private static final int PAUSE_MILLIS = 20;

    private final Cluster cluster;
    private final List<AtomicInteger> usedUp = new ArrayList<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger cutOff = new AtomicInteger();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final ExecutorService threads;

    Customers(Cluster cluster) {
        this.cluster = cluster;
        threads = Executors.newFixedThreadPool(cluster.nodes().size());
        for (Node node : cluster.nodes()) {
            AtomicInteger mine = new AtomicInteger();
            usedUp.add(mine);
            threads.execute(() -> shop(node, mine));
        }
    }

    private void shop(Node node, AtomicInteger mine) {
        while (!ending.get()) {
            try {
                Token bundle;
                try {
                    bundle = node.shop().buy("/bundle/x");
                } catch (IOException | AssertionError e) {
                    // It is away; that tokens are sold is asserted by who waits for it.
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                    continue;
                }
                useUp(bundle);
                mine.incrementAndGet();
            } catch (IOException e) {
                faults.add(e.toString());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void useUp(Token bundle) throws IOException, InterruptedException {
        int served = 0;
        int unknown = 0;
        while (true) {
            Answer answer;
            try {
                answer = cluster.shop().get("/bundle/x", bundle.header());
            } catch (IOException e) {
                // The node died in the middle of its answer.
                cutOff.incrementAndGet();
                unknown++;
                continue;
            }
            switch (answer.status()) {
                case 200 -> served++;
                case 502 -> {
                    cutOff.incrementAndGet();
                    unknown++;
                }
                case 503 -> {
                    if (unknown == 0 || !answer.member("reason").equals("in-flight")) {
                        faults.add(answer.toString());
                    }
                    TimeUnit.MILLISECONDS.sleep(10L * PAUSE_MILLIS);
                }
                default -> {
                    boolean exact = served <= BOUGHT && served + unknown >= BOUGHT;
                    if (answer.status() != 402 || !answer.member("reason").equals("used-up") || !exact) {
                        faults.add("served " + served + " of " + BOUGHT + ", cut off " + unknown + ": " + answer);
                    }
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /** Waits until so many more bundles were bought at this node and used up. */
    void awaitMoreOf(int node, int bundles) throws IOException {
        int enough = usedUp.get(node).get() + bundles;
        Await.until(
                "bundles of node " + node + " are used up",
                () -> usedUp.get(node).get() >= enough);
    }

    /** Requests of which nobody knows whether they were served. */
    int cutOff() {
        return cutOff.get();
    }

    /** What nobody should have got: the first ones. */
    List<String> faults() {
        return faults.stream().limit(10).toList();
    }

    /** After their last bundles. A second call does nothing. */
    void end() throws InterruptedException {
        ending.set(true);
        threads.shutdown();
        if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
            faults.add("the customers do not come to an end");
        }
    }

    @Override
    public String toString() {
        return "bundles used up " + usedUp + ", requests cut off " + cutOff;
    }
}
