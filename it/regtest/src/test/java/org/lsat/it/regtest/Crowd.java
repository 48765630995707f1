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
import java.util.concurrent.TimeUnit;

/** Many clients at once who do not pay, and one who paid. */
record Crowd(Answers unpaid, Answers refused, Answers paid) {

    /** What a person or a program needs at least to come back. */
    private static final int PAUSE_MILLIS = 200;

    /** Of the one who paid, so that there is enough to tell a hundredth of it. */
    private static final int PAUSE_OF_HOLDER_MILLIS = 10;

    /** How often each status came, and how long the answers took, in order. */
    record Answers(Map<Integer, Integer> statuses, List<Duration> times) {

        Duration percentile(int percent) {
            return times.get(Math.min(times.size() - 1, times.size() * percent / 100));
        }

        /** Of those that came sooner than {@code most}. */
        Duration percentileWithin(Duration most, int percent) {
            List<Duration> sooner =
                    times.stream().filter(time -> time.compareTo(most) < 0).toList();
            return new Answers(Map.of(), sooner).percentile(percent);
        }

        @Override
        public String toString() {
            return times.isEmpty()
                    ? "none"
                    : statuses + " p50 " + percentile(50).toMillis() + " ms, p99 "
                            + percentile(99).toMillis() + " ms";
        }
    }

    private record Answer(int status, Duration time) {}

    /** Each of so many clients asks again and again for so long. */
    static Crowd of(int clients, Duration time, Shop shop, String unpaidPath, String paidPath, String token)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients + 1);
        long end = System.nanoTime() + time.toNanos();
        try {
            List<Future<List<Answer>>> pending = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                pending.add(threads.submit(() -> client(end, PAUSE_MILLIS, () -> shop.get(unpaidPath))));
            }
            Future<List<Answer>> holder =
                    threads.submit(() -> client(end, PAUSE_OF_HOLDER_MILLIS, () -> shop.get(paidPath, token)));
            List<Answer> unpaid = new ArrayList<>();
            for (Future<List<Answer>> one : pending) {
                unpaid.addAll(one.get());
            }
            return new Crowd(
                    answers(unpaid),
                    answers(unpaid.stream()
                            .filter(answer -> answer.status() != 402)
                            .toList()),
                    answers(holder.get()));
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Answer> client(long end, int pauseMillis, Callable<Shop.Answer> request) throws Exception {
        List<Answer> answers = new ArrayList<>();
        do {
            long begin = System.nanoTime();
            int status = request.call().status();
            answers.add(new Answer(status, Duration.ofNanos(System.nanoTime() - begin)));
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
        } while (System.nanoTime() < end);
        return answers;
    }

    private static Answers answers(List<Answer> all) {
        Map<Integer, Integer> statuses = new TreeMap<>();
        all.forEach(answer -> statuses.merge(answer.status(), 1, Integer::sum));
        return new Answers(statuses, all.stream().map(Answer::time).sorted().toList());
    }
}
