package org.lsat.invoice.node;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.lsat.Invoice;
import org.lsat.InvoiceRequest;

/**
 * Invoices that came when nobody waited for them any more. Whoever asks for the same thing next gets one of them, so that a
 * node that is too slow for the deadline makes no second one. Each goes to one asker only. Thread-safe.
 */
public final class UnclaimedInvoices {

    private final int capacity;
    private final Map<InvoiceRequest, Deque<Unclaimed>> unclaimed = new HashMap<>();
    private int size;

    /** Keeps at most so many. */
    public UnclaimedInvoices(int capacity) {
        this.capacity = capacity;
    }

    private record Unclaimed(Invoice invoice, Instant goodUntil) {}

    /**
     * Keeps one for as long as half of its time to pay is left.
     *
     * @param asked when the node was asked for it
     * @param payable how long from then on it may be paid
     */
    public synchronized void add(InvoiceRequest request, Invoice invoice, Instant asked, Duration payable) {
        if (size == capacity) {
            forgetStale(asked);
        }
        if (size < capacity) {
            unclaimed
                    .computeIfAbsent(request, none -> new ArrayDeque<>())
                    .add(new Unclaimed(invoice, asked.plus(payable.dividedBy(2))));
            size++;
        }
    }

    /** One for this request that may still be paid for a while, at {@code now}. */
    public synchronized Optional<Invoice> take(InvoiceRequest request, Instant now) {
        Deque<Unclaimed> waiting = unclaimed.get(request);
        while (waiting != null && !waiting.isEmpty()) {
            Unclaimed next = waiting.remove();
            size--;
            if (waiting.isEmpty()) {
                unclaimed.remove(request);
            }
            if (now.isBefore(next.goodUntil)) {
                return Optional.of(next.invoice);
            }
        }
        return Optional.empty();
    }

    /** How many there are. */
    public synchronized int size() {
        return size;
    }

    private void forgetStale(Instant now) {
        for (Iterator<Deque<Unclaimed>> queues = unclaimed.values().iterator(); queues.hasNext(); ) {
            Deque<Unclaimed> queue = queues.next();
            int before = queue.size();
            queue.removeIf(one -> !now.isBefore(one.goodUntil));
            size -= before - queue.size();
            if (queue.isEmpty()) {
                queues.remove();
            }
        }
    }
}
