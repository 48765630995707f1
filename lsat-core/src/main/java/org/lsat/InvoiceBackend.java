package org.lsat;

import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.lsat.config.ConfigReader;

/**
 * Makes an {@link InvoiceSource} from the configuration; found by {@link java.util.ServiceLoader} and chosen by {@code
 * lsat.backend}.
 */
public interface InvoiceBackend {

    /** The value of {@code lsat.backend} for an {@link InvoiceSource} of the application itself: no backend's name. */
    String APPLICATION = "application";

    /** The value of {@code lsat.backend} that chooses it, {@code [a-z0-9-]+}. */
    String name();

    /** The properties that it reads, so that others of its prefix are reported as unknown. */
    Set<String> keys();

    /** Whether its money is play money: keys of its own network, a secret made at start, a ledger that forgets. */
    default boolean isPlayMoney() {
        return false;
    }

    /** Whether what it opens {@linkplain InvoiceSource#tellsSettlement tells}; only then {@code lsat.settlement=strict} is allowed. */
    default boolean tellsSettlement() {
        return false;
    }

    /**
     * Reads its properties and reports faults to {@code config}; touches no network. What it returns is called once, when
     * the application starts, and only if there was no fault at all.
     */
    Opener configure(ConfigReader config);

    /** Opens what was configured. */
    @FunctionalInterface
    interface Opener {

        /**
         * Opens it.
         *
         * @param threads the container's, for a backend that needs some: it may use them, and never shuts them down;
         *     {@code null} where the container has none to give, and a backend makes its own
         */
        InvoiceSource open(@Nullable ScheduledExecutorService threads);
    }
}
