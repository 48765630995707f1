package org.lsat.it.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import org.jspecify.annotations.Nullable;

/** Leads to beans that it knows by their interfaces. */
@RequestScoped
@Path("proxies")
public class ProxiesResource {

    @Inject
    private Quote quote;

    @Inject
    private PricedQuote priced;

    /** Where there are such. */
    @EJB
    private @Nullable LocalQuote enterprise;

    @Path("silent")
    public Quote silent() {
        return quote;
    }

    @Path("priced")
    public PricedQuote priced() {
        return priced;
    }

    @Path("enterprise")
    public @Nullable LocalQuote enterprise() {
        return enterprise;
    }
}
