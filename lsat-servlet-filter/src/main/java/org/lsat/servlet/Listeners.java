package org.lsat.servlet;

import jakarta.enterprise.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.lsat.PaywallEvent;
import org.lsat.PaywallListener;
import org.lsat.Reason;

/** Tells the application what the paywall does: by CDI events, and to the listeners of {@link ServiceLoader}. */
final class Listeners implements PaywallListener {

    private final List<PaywallListener> all;
    private final Warnings warnings;

    private Listeners(List<PaywallListener> all, Warnings warnings) {
        this.all = List.copyOf(all);
        this.warnings = warnings;
    }

    static PaywallListener of(ClassLoader loader, Warnings warnings, PaywallListener statistics) {
        List<PaywallListener> all = new ArrayList<>();
        all.add(statistics);
        ServiceLoader.load(PaywallListener.class, loader).forEach(all::add);
        if (CdiBeans.container() == CdiBeans.Container.READY) {
            all.add(new CdiEvents());
        }
        return new Listeners(all, warnings);
    }

    /** What a listener throws must not cost a client the answer that it paid for. */
    @Override
    public void on(PaywallEvent event) {
        for (PaywallListener listener : all) {
            try {
                listener.on(event);
            } catch (RuntimeException | Error e) {
                warnings.warn(
                        Reason.INTERNAL,
                        "a listener failed on " + event.getClass().getSimpleName(),
                        e);
            }
        }
    }

    /** A class of its own: it cannot be loaded where the API is absent. */
    private static final class CdiEvents implements PaywallListener {

        private final Event<Object> events;

        CdiEvents() {
            // Not getBeanContainer(): TomEE 9 has CDI 3.0, which lacks it.
            this.events = CdiBeans.manager().getEvent();
        }

        @Override
        public void on(PaywallEvent event) {
            events.fire(event);
        }
    }
}
