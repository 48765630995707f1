package org.lsat.invoice.address;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.lsat.config.ConfigReader;

/**
 * Whom buyers pay.
 *
 * @param deadline how long a request may wait for an invoice, in whole seconds
 * @param strict whether the provider has to tell if an invoice is settled
 */
record AddressSettings(LightningAddress address, Duration deadline, boolean strict) {

    static final String ADDRESS = "lsat.lightning-address";

    private static final String DEADLINE = "lsat.lightning-address.deadline";
    private static final String EXPIRY = "lsat.invoice.expiry";

    static final Set<String> KEYS = Set.of(ADDRESS, DEADLINE);

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MOST_DEADLINE = Duration.ofSeconds(30);

    /** Another host, in another country, and two questions the first time. */
    private static final Duration USUAL_DEADLINE = Duration.ofSeconds(5);

    /** Stands in for what was reported as a fault, and stops the deployment. */
    private static final LightningAddress NONE = new LightningAddress("none", "localhost");

    /** Reads them. Touches no network. */
    static AddressSettings read(ConfigReader config) {
        String text = config.text(ADDRESS).orElse("");
        Optional<LightningAddress> address = LightningAddress.parse(text);
        if (address.isEmpty()) {
            config.fault(
                    ADDRESS,
                    text,
                    "a Lightning Address such as shop@example.com, in small letters, whose provider receives the money");
        }
        if (config.text(EXPIRY).isEmpty()) {
            config.fault(
                    EXPIRY,
                    "",
                    "the longest time to pay that is accepted, such as P1D: with lsat.backend=" + AddressBackend.NAME
                            + " the provider chooses it, and some choose a day");
        }
        return new AddressSettings(
                address.orElse(NONE),
                config.duration(DEADLINE, SECOND, MOST_DEADLINE).orElse(USUAL_DEADLINE),
                config.text("lsat.settlement").orElse("").equals("strict"));
    }
}
