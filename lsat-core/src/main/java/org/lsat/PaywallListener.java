package org.lsat;

/**
 * Is told what the paywall does, on the request's thread and before the answer: it returns quickly and does not throw.
 * Found by {@link java.util.ServiceLoader}; with CDI, observe the events instead. Thread-safe.
 */
public interface PaywallListener {

    /** Does nothing. */
    PaywallListener NONE = event -> {};

    /** Called once an event. */
    void on(PaywallEvent event);
}
