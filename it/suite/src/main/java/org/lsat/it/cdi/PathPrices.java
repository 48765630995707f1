package org.lsat.it.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import org.lsat.PriceRequest;
import org.lsat.PriceSource;
import org.lsat.rules.Price;

/** As many satoshis as the query says in {@code sats=}, else one; {@code …/unpriced} has no price. */
@ApplicationScoped
public class PathPrices implements PriceSource {

    @Override
    public Price price(PriceRequest request) {
        if (request.path().endsWith("/unpriced")) {
            throw new IllegalStateException("no price for this one");
        }
        String query = request.query().orElse("");
        return new Price(query.startsWith("sats=") ? Long.parseLong(query.substring(5)) * 1000 : 1000);
    }
}
