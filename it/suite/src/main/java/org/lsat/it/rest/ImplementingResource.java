package org.lsat.it.rest;

import org.lsat.jaxrs.Paid;

/** Says what its methods cost, and nothing to Jakarta REST. */
public class ImplementingResource implements PathContract {

    @Override
    @Paid("method")
    public String paid() {
        return Sold.content("implemented");
    }

    @Override
    public String free() {
        return "free\n";
    }
}
