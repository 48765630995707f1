package org.lsat.it.cdi;

import org.lsat.PaywallEvent;
import org.lsat.PaywallListener;

/** Breaks its contract by an error; a service of {@code ServiceLoader}, and no bean. */
public class ThrowingListener implements PaywallListener {

    @Override
    public void on(PaywallEvent event) {
        throw new AssertionError("a listener, as the test wants it");
    }
}
