package org.lsat.it.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.lsat.PaywallEvent;

/** Observes what the paywall does. Of a path that ends in {@code /throws} it throws, after it took note. */
@ApplicationScoped
public class EventLog {

    private final List<String> events = new CopyOnWriteArrayList<>();

    void challenged(@Observes PaywallEvent.Challenged event) {
        note("challenged " + event.product() + " " + event.amountMsat() + " " + event.reason(), event);
    }

    void paid(@Observes PaywallEvent.Paid event) {
        note("paid " + event.access().rule(), event);
    }

    void refused(@Observes PaywallEvent.Refused event) {
        note("refused " + event.reason(), event);
    }

    private void note(String what, PaywallEvent event) {
        events.add(event.method() + " " + event.path() + " " + what);
        if (event.path().endsWith("/throws")) {
            throw new IllegalStateException("an observer that throws");
        }
    }

    /** What happened, one a line, and forgets it. */
    public String take() {
        String all = String.join("\n", events);
        events.clear();
        return all;
    }
}
