package org.lsat.it.rest;

import org.lsat.jaxrs.Paid;

/** Prices what only an implementation makes a sub-resource locator. */
interface Leading {

    @Paid("method")
    ParentResource.Silent further();
}
