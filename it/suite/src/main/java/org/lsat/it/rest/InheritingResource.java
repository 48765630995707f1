package org.lsat.it.rest;

import jakarta.ws.rs.Path;

/** All is said in its superclass. */
@Path("superclass")
public class InheritingResource extends PricedBase<String> {

    @Override
    public String find(String key) {
        return Sold.content("generic " + key);
    }
}
