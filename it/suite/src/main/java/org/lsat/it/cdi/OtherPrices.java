package org.lsat.it.cdi;

import org.lsat.PriceRequest;
import org.lsat.PriceSource;
import org.lsat.rules.Price;

/** 4 sat for everything; a service of {@code ServiceLoader}, and no bean. */
public class OtherPrices implements PriceSource {

    @Override
    public Price price(PriceRequest request) {
        return new Price(4000);
    }
}
