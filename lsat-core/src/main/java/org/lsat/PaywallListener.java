package org.lsat;

/**
 * Is told what the paywall does, on the request's thread and before the answer: it returns quickly and does not throw.
 * Found by {@link java.util.ServiceLoader}; with CDI, observe the events instead, by
 * {@code @Observes}: they are fired synchronously, so that {@code @ObservesAsync} hears nothing, and in an EAR
 * observers hear what the paywalls of all its WARs do. Thread-safe.
 */
public interface PaywallListener {

    /** Does nothing. */
    PaywallListener NONE = event -> {};

    /** Called once an event. */
    void on(PaywallEvent event);
}
