package org.lsat.it.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import org.lsat.jaxrs.Paid;

/** Known by its interface only: its proxy does not tell that it costs something. */
@ApplicationScoped
@Typed(Quote.class)
public class QuoteBean implements Quote {

    @Override
    @Paid("method")
    public String quote() {
        return Sold.content("behind a proxy");
    }
}
