package org.lsat;

import java.time.Duration;
import java.util.Optional;
import org.lsat.protocol.PaymentHash;

/**
 * A Lightning node, as far as a paywall needs one. Implementations are thread-safe, return within a deadline of their
 * own (2 s unless they document another), and never return {@code null}. One that is {@link AutoCloseable} is closed when
 * the application stops.
 */
public interface InvoiceSource {

    /**
     * Creates an invoice.
     *
     * @throws InvoiceException if there is none to be had now; the client is told to come back later (503)
     */
    Invoice create(InvoiceRequest request) throws InvoiceException;

    /**
     * Whether {@link #isSettled} tells. An application with {@code lsat.settlement=strict} and a source of its own that says no
     * does not start: it would sell what nobody could open.
     */
    default boolean tellsSettlement() {
        return false;
    }

    /**
     * Whether the node has the money of an invoice: asked once a payment where {@code lsat.settlement=strict}. Who has no node
     * to ask leaves it as it is, and fails; who has one says yes in {@link #tellsSettlement}, too.
     *
     * @throws InvoiceException if that cannot be told now; the client is told to come back later (503)
     */
    default boolean isSettled(PaymentHash payment) throws InvoiceException {
        throw new InvoiceException(
                "lsat.settlement = strict: " + getClass().getName()
                        + " cannot tell whether an invoice is settled; leave that property out, or take another backend",
                Duration.ofMinutes(1));
    }

    /**
     * Asks whether an invoice could be made now, without making one, for those who watch over the application. Who does not
     * know leaves it as it is, and says yes.
     *
     * @throws InvoiceException if not; its message says why
     */
    default void check() throws InvoiceException {}

    /** Present where this is no node but a stand-in for one, that plays with money of its own. */
    default Optional<StandIn> standIn() {
        return Optional.empty();
    }

    /**
     * What a stand-in for a node says of itself.
     *
     * @param payPath where its invoices are paid by {@code POST {"invoice": …}}, below the context path, beginning with
     *     {@code /}; free of charge whatever the rules say
     * @param localPeersOnly whether it may serve only clients on this machine, see {@link LocalPeer}
     * @param allowRemoteProperty the property that lifts that restriction
     */
    record StandIn(String payPath, boolean localPeersOnly, String allowRemoteProperty) {}
}
