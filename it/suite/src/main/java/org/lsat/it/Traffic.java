package org.lsat.it;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.Shop.Token;

/** Clients that ask all the time, whether the application is there or not: for each path one that pays and one that does not. */
final class Traffic {

    private static final int PAUSE_MILLIS = 25;

    private final Shop shop;
    private final ScheduledExecutorService clients;
    private final Map<String, Integer> sold = new ConcurrentHashMap<>();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    Traffic(Shop shop, String... paths) {
        this.shop = shop;
        clients = Executors.newScheduledThreadPool(2 * paths.length);
        for (String path : paths) {
            sold.put(path, 0);
            AtomicReference<@Nullable Token> token = new AtomicReference<>();
            start(() -> asksWithoutPaying(path));
            start(() -> buys(path, token));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // They go on until the end.
    private void start(Runnable client) {
        clients.scheduleWithFixedDelay(client, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void asksWithoutPaying(String path) {
        try {
            Answer answer = shop.get(path);
            count(answer);
            if (answer.status() != 402 && !isAway(answer) && !isNothing(answer)) {
                faults.add("unpaid " + path + ": " + answer);
            }
        } catch (IOException e) {
            count("closed");
        }
    }

    /** What was paid for is asked for until it is served, by whichever deployment. */
    private void buys(String path, AtomicReference<@Nullable Token> kept) {
        Token token = kept.get();
        try {
            if (token == null) {
                kept.set(bought(path));
                return;
            }
            Answer answer = shop.get(path, token.header());
            count(answer);
            if (answer.status() == 200 && !isNothing(answer)) {
                kept.set(null);
                sold.merge(path, 1, Integer::sum);
            } else if (!isAway(answer) && !isNothing(answer)) {
                faults.add("paid " + path + ": " + answer);
            }
        } catch (IOException e) {
            // Whether the application answered is not known.
            kept.set(null);
            count("closed");
        }
    }

    /** Null where the application went before all was done. */
    private @Nullable Token bought(String path) throws IOException {
        Answer challenge = shop.get(path);
        count(challenge);
        try {
            return challenge.status() == 402 ? shop.pay(challenge) : null;
        } catch (AssertionError e) {
            count("unpayable");
            return null;
        }
    }

    /**
     * WildFly answers 500, and says in its log that the deployment has stopped, where it stops while a request begins; Payara,
     * where Jersey has been shut down before it is asked. What was paid for then is asked for again.
     */
    private static boolean isAway(Answer answer) {
        return answer.status() == 404
                || answer.status() == 503
                || (answer.status() == 500
                        && (Server.KIND == Server.WILDFLY || Server.KIND == Server.PAYARA)
                        && !answer.body().contains("PAID-CONTENT"));
    }

    /** Payara answers an empty 200 where an application goes while it begins with a request. */
    private static boolean isNothing(Answer answer) {
        return Server.KIND == Server.PAYARA
                && answer.status() == 200
                && answer.body().isEmpty();
    }

    private void count(Answer answer) {
        count(String.valueOf(answer.status()));
    }

    private void count(String what) {
        answers.merge(what, 1, Integer::sum);
    }

    /** Waits until each path has been sold once more. */
    void awaitSales() throws IOException {
        Map<String, Integer> before = Map.copyOf(sold);
        Await.until(
                "all paths are sold",
                () -> before.entrySet().stream()
                        .allMatch(each -> sold.getOrDefault(each.getKey(), 0) > each.getValue()));
    }

    /** Answers that nobody should get: the first ones. */
    List<String> faults() {
        return faults.stream().limit(10).toList();
    }

    void end() throws InterruptedException {
        clients.shutdown();
        clients.awaitTermination(1, TimeUnit.MINUTES);
    }

    @Override
    public String toString() {
        return "sold " + sold + ", answers " + answers;
    }
}
