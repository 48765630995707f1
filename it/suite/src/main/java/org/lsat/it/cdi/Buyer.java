package org.lsat.it.cdi;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.lsat.PaidAccess;

/** A bean of the request, with what opened it. */
@RequestScoped
public class Buyer {

    @Inject
    private @Nullable PaidAccess access;

    /** The rule that was paid for, or {@code nothing}. */
    public String paidFor() {
        PaidAccess present = access;
        return present == null ? "nothing" : present.rule();
    }
}
