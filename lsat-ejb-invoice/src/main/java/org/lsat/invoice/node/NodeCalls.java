package org.lsat.invoice.node;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.lsat.InvoiceException;

/**
 * Asks a node. Whatever state it is in, a caller waits no longer than the deadline, and half of it for a turn; so many
 * wait inside a call as it is told; and one that failed several times in a row is left alone for a while. Thread-safe.
 */
public final class NodeCalls {

    /** So many invoices are asked for at once. More make a node no faster: LND signs and writes one after the other. */
    public static final int FOR_INVOICES = 12;

    /** So many are asked for at once who have paid, of whom the first use waits for the node, and nobody else's invoice. */
    public static final int FOR_SETTLEMENTS = 4;

    private static final int WAITING = 64;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String node;
    private final Duration deadline;

    /** Whoever is sent later has too little time left for the answer, and would have the node taken for dead. */
    private final Duration mostForATurn;

    private final Function<Exception, Failure> meaning;
    private final CircuitBreaker breaker = new CircuitBreaker(PAUSE, System::nanoTime);
    private final Bulkhead bulkhead;

    /**
     * Calls of one node.
     *
     * @param node its name, as the log calls it
     * @param atOnce how many calls there may be at once
     * @param meaning says what a failed call means; gets a {@link TimeoutException} where no answer came
     */
    public NodeCalls(String node, Duration deadline, int atOnce, Function<Exception, Failure> meaning) {
        this.bulkhead = new Bulkhead(atOnce, WAITING);
        this.node = node;
        this.deadline = deadline;
        this.mostForATurn = deadline.dividedBy(2);
        this.meaning = meaning;
    }

    /**
     * What a failed call means.
     *
     * @param exception for who asked
     * @param isOfTheNode whether every other call would fail as well
     */
    public record Failure(InvoiceException exception, boolean isOfTheNode) {}

    /**
     * A call that was sent.
     *
     * @param answer what comes of it
     * @param onSilence does what is to be done with the connection when no answer came in time
     */
    public record Sent<T>(CompletableFuture<T> answer, Runnable onSilence) {}

    /** A call. */
    @FunctionalInterface
    public interface Call<T> {

        /**
         * Sends it, and does not wait.
         *
         * @throws IOException if it cannot even be sent
         */
        Sent<T> send() throws IOException;
    }

    /**
     * Makes a call.
     *
     * @param late takes an answer for which nobody waits any more
     * @throws InvoiceException if there was no answer
     */
    public <T> T ask(Call<T> call, Consumer<T> late) throws InvoiceException {
        long end = System.nanoTime() + deadline.toNanos();
        refuse(breaker.refusal());
        try {
            if (!bulkhead.enter(mostForATurn)) {
                throw new InvoiceException(
                        node + " is slower than requests come in: too many wait for it already", PAUSE);
            }
            try {
                // The node may have been found dead while we waited for our turn.
                refuse(breaker.refusalOrTurn());
                return answered(call, late, end);
            } finally {
                bulkhead.leave();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvoiceException("the thread was interrupted while it waited for " + node, PAUSE);
        }
    }

    /**
     * Says whether a call would be made now.
     *
     * @throws InvoiceException what was wrong with the last ones, if it would be refused for that
     */
    public void requireAsking() throws InvoiceException {
        refuse(breaker.refusal());
    }

    private static void refuse(Optional<InvoiceException> lastFailure) throws InvoiceException {
        if (lastFailure.isPresent()) {
            InvoiceException last = lastFailure.get();
            throw new InvoiceException(String.valueOf(last.getMessage()), last.retryAfter());
        }
    }

    private <T> T answered(Call<T> call, Consumer<T> late, long end) throws InvoiceException, InterruptedException {
        Sent<T> sent;
        try {
            sent = call.send();
        } catch (IOException e) {
            throw failed(e);
        }
        try {
            T answer = sent.answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            breaker.succeeded();
            return answer;
        } catch (TimeoutException e) {
            abandon(sent, late);
            sent.onSilence.run();
            throw failed(e);
        } catch (InterruptedException e) {
            abandon(sent, late);
            throw e;
        } catch (ExecutionException e) {
            throw failed(e.getCause() instanceof Exception cause ? cause : e);
        }
    }

    private static <T> void abandon(Sent<T> sent, Consumer<T> late) {
        CompletableFuture<Void> unused = sent.answer.thenAccept(late);
    }

    private InvoiceException failed(Exception cause) {
        Failure failure = meaning.apply(cause);
        if (failure.isOfTheNode) {
            breaker.failed(failure.exception);
        } else {
            breaker.succeeded();
        }
        return failure.exception;
    }
}
