package org.lsat.servlet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.lsat.PaidAccess;

/**
 * Makes {@link PaidAccess} injectable: what opened the present request, {@code null} on a free one. It is looked up when it
 * is injected; a bean that outlives the request, or a resource class without a scope, which some servers make before its
 * annotation is judged, injects {@code Instance<PaidAccess>} and asks that.
 */
@ApplicationScoped
public class PaidAccessProducer {

    /** For the container. */
    public PaidAccessProducer() {}

    @Produces
    @Dependent
    @Nullable PaidAccess current(HttpServletRequest request) {
        return request.getAttribute(PaidAccess.ATTRIBUTE) instanceof PaidAccess access ? access : null;
    }
}
