package org.lsat.it.regtest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Several clients who ask for a price until they are told to end. */
final class Burst {

    private static final int CLIENTS = 8;

    /** So many prices told, and every client is under way. */
    private static final int IN_FULL_SWING = 20;

    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final List<Future<?>> clients = new ArrayList<>();
    private final List<Shop.Answer> answers = new CopyOnWriteArrayList<>();
    private volatile boolean ends;

    private Burst() {}

    /** Returns when it is in full swing. */
    static Burst of(Shop shop, String path) throws Exception {
        Burst burst = new Burst();
        for (int i = 0; i < CLIENTS; i++) {
            burst.clients.add(burst.threads.submit(() -> {
                while (!burst.ends) {
                    burst.answers.add(shop.get(path));
                }
                return null;
            }));
        }
        Await.until("prices are told", ExampleIT.BAR, () -> burst.answers.size() >= IN_FULL_SWING);
        return burst;
    }

    /** What the clients got; fails where one of them got no answer. */
    List<Shop.Answer> end() throws Exception {
        ends = true;
        try {
            for (Future<?> client : clients) {
                client.get(10, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        return answers;
    }
}
