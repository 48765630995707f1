package org.lsat;

import org.lsat.rules.Price;

/**
 * Prices the requests of those rules whose price is {@code code}; a bean of the application, or found by {@link
 * java.util.ServiceLoader}. It is asked about every such request, paid or not, on the request's thread: what it needs to
 * know it has in memory. Thread-safe.
 */
public interface PriceSource {

    /**
     * What a request costs now. A token opens it if no less was paid for the token, so a price that rises between the
     * challenge and the paid request turns the buyer away; one that falls gives no change.
     *
     * @return never {@code null}; {@link Price#FREE} lets the request in for nothing
     * @throws RuntimeException if there is no price: the request is refused with 503
     */
    Price price(PriceRequest request);
}
