package org.lsat.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.lsat.it.RawHttp.Answer;
import org.lsat.it.Shop.Token;

/** Clients that ask for one path at the same time. */
final class AtOnce {

    private AtOnce() {}

    /** The status that each of the tokens gets. */
    static List<Integer> statuses(Shop shop, String path, List<Token> tokens)
            throws InterruptedException, ExecutionException {
        ExecutorService clients = Executors.newFixedThreadPool(tokens.size());
        try {
            List<Callable<Answer>> calls = new ArrayList<>();
            tokens.forEach(token -> calls.add(() -> shop.get(path, token.header())));
            List<Integer> statuses = new ArrayList<>();
            for (Future<Answer> answer : clients.invokeAll(calls)) {
                statuses.add(answer.get().status());
            }
            return statuses;
        } finally {
            clients.shutdownNow();
        }
    }
}
