package org.lsat.it.regtest;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.lsat.Invoice;
import org.lsat.InvoiceException;
import org.lsat.InvoiceRequest;
import org.lsat.InvoiceSource;

/** Several callers that ask for invoices until they are told to end. */
final class Burst {

    private static final int CALLERS = 8;
    private static final int UNDER_WAY = 20;

    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private final List<Invoice> created = new CopyOnWriteArrayList<>();
    private volatile boolean ends;

    private Burst() {}

    /** Returns when it is in full swing. */
    static Burst of(InvoiceSource source, InvoiceRequest request) throws InterruptedException {
        Burst burst = new Burst();
        for (int i = 0; i < CALLERS; i++) {
            burst.callers.execute(() -> burst.ask(source, request));
        }
        while (burst.created.size() < UNDER_WAY) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return burst;
    }

    private void ask(InvoiceSource source, InvoiceRequest request) {
        while (!ends) {
            try {
                created.add(source.create(request));
            } catch (InvoiceException e) {
                Thread.onSpinWait();
            }
        }
    }

    void end() throws InterruptedException {
        ends = true;
        callers.shutdown();
        if (!callers.awaitTermination(10, TimeUnit.SECONDS)) {
            throw new AssertionError("a caller hangs");
        }
    }

    /** What callers got. */
    List<Invoice> created() {
        return created;
    }
}
