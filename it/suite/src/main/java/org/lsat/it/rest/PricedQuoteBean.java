package org.lsat.it.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;

/** Known by its interface only, which says what it costs. */
@ApplicationScoped
@Typed(PricedQuote.class)
public class PricedQuoteBean implements PricedQuote {

    @Override
    public String quote() {
        return Sold.content("behind a proxy that tells");
    }
}
