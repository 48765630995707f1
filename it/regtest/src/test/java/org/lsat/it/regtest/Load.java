package org.lsat.it.regtest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Unpaid, paid and free requests, so many of each, in turns and from several clients at once. */
record Load(Answers unpaid, Answers paid, Answers free) {

    private static final int CLIENTS = 4;

    /** How often each status came, and how long the answers took, in order. */
    record Answers(Map<Integer, Integer> statuses, List<Duration> times) {

        Duration percentile(int percent) {
            return times.get(Math.min(times.size() - 1, times.size() * percent / 100));
        }

        @Override
        public String toString() {
            return statuses + " p50 " + percentile(50).toMillis() + " ms, p99 "
                    + percentile(99).toMillis() + " ms";
        }
    }

    private record Answer(int status, Duration time) {}

    static Load of(int times, Shop shop, String unpaidPath, String paidPath, String token, String freePath)
            throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Answer>> unpaid = new ArrayList<>();
            List<Future<Answer>> paid = new ArrayList<>();
            List<Future<Answer>> free = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                unpaid.add(clients.submit(timed(() -> shop.get(unpaidPath))));
                paid.add(clients.submit(timed(() -> shop.get(paidPath, token))));
                free.add(clients.submit(timed(() -> shop.get(freePath))));
            }
            return new Load(answers(unpaid), answers(paid), answers(free));
        } finally {
            clients.shutdownNow();
        }
    }

    private static Callable<Answer> timed(Callable<Shop.Answer> request) {
        return () -> {
            long begin = System.nanoTime();
            int status = request.call().status();
            return new Answer(status, Duration.ofNanos(System.nanoTime() - begin));
        };
    }

    private static Answers answers(List<Future<Answer>> pending) throws Exception {
        Map<Integer, Integer> statuses = new TreeMap<>();
        List<Duration> times = new ArrayList<>();
        for (Future<Answer> one : pending) {
            statuses.merge(one.get().status(), 1, Integer::sum);
            times.add(one.get().time());
        }
        times.sort(null);
        return new Answers(statuses, times);
    }
}
