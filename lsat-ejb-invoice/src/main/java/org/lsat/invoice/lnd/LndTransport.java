package org.lsat.invoice.lnd;

import java.io.IOException;
import java.util.Optional;
import org.lsat.Invoice;
import org.lsat.InvoiceRequest;
import org.lsat.invoice.node.NodeCalls;
import org.lsat.protocol.PaymentHash;

/**
 * Carries questions to LND, over connections that it keeps, with a macaroon and a certificate that it reads again when they
 * change. Its answers fail with a {@link LndException}; they come within {@link LndSettings#callDeadline} or not at all. What
 * it throws itself says that it has nothing to ask with. Implementations are thread-safe.
 */
public interface LndTransport extends AutoCloseable {

    /** How LND refuses an invoice over two amounts. */
    String TWO_AMOUNTS = "sat and msat arguments are mutually exclusive";

    /** What LND says of an invoice (lnrpc {@code Invoice.InvoiceState}). */
    enum State {
        /** It may yet be paid. */
        OPEN,
        /** The money is there. */
        SETTLED,
        /** It was given up, or its time is over. */
        CANCELED,
        /** The money is held, and not taken yet. */
        ACCEPTED
    }

    /** Has an invoice made: lnrpc {@code AddInvoice}. */
    NodeCalls.Sent<Invoice> addInvoice(InvoiceRequest request) throws IOException;

    /**
     * Asks for an invoice over two amounts, {@code value} and {@code value_msat}. LND refuses that with {@link #TWO_AMOUNTS},
     * once it is ready and has looked at the macaroon, so that no invoice is made.
     */
    NodeCalls.Sent<Invoice> addInvoiceOfTwoAmounts() throws IOException;

    /**
     * Asks for an invoice's state: lnrpc {@code LookupInvoice}. The state and nothing else: LND tells the preimage of an unpaid
     * invoice, too, which is to go no further.
     *
     * @return empty where LND knows no such invoice; also where it knows a payment of this hash for which it made none: whoever
     *     knows the preimage may send as little as he likes (keysend), once LND has forgotten the invoice
     */
    NodeCalls.Sent<Optional<State>> lookUp(PaymentHash payment) throws IOException;

    /** Makes what the first call needs, which takes a JVM a second or two; no call, so without a deadline. */
    void prepare() throws IOException;

    /** Whether the application has stopped. */
    boolean isClosed();

    /** Closes connections and threads; calls that are under way fail. */
    @Override
    void close();
}
