package org.lsat.it.cdi;

import org.lsat.PriceRequest;
import org.lsat.PriceSource;
import org.lsat.rules.Price;

/** 3 sat for everything but {@code ?error}; a service of {@code ServiceLoader}, and no bean. */
public class FlatPrices implements PriceSource {

    @Override
    public Price price(PriceRequest request) {
        if (request.query().orElse("").equals("error")) {
            throw new AssertionError("no price, as the test wants it");
        }
        return new Price(3000);
    }
}
