package org.lsat.it.rest;

import jakarta.ejb.Stateless;
import org.lsat.jaxrs.Paid;

/** Known by its interface only. */
@Stateless
@Paid("method")
public class LocalQuoteBean implements LocalQuote {

    @Override
    public String quote() {
        return Sold.content("behind a local interface");
    }
}
