package org.lsat.ledger;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;
import org.lsat.config.ConfigReader;

/**
 * Makes a {@link Ledger} from the configuration; found by {@link java.util.ServiceLoader} and chosen by {@code
 * lsat.ledger}.
 */
public interface LedgerBackend {

    /** The value of {@code lsat.ledger} for the ledger in memory: no backend's name. */
    String MEMORY = "memory";

    /** Where nothing is counted that is sold, none was chosen, and there is none that lasts; see {@link NoLedger}. */
    String NONE = "none";

    /** The value of {@code lsat.ledger} that chooses it, {@code [a-z0-9-]+}. */
    String name();

    /** The properties that it reads, so that others of its prefix are reported as unknown. */
    Set<String> keys();

    /**
     * Reads its properties and reports faults to {@code config}; opens nothing. What it returns is called once, when the
     * application starts, and only if there was no fault at all.
     */
    Opener configure(ConfigReader config);

    /** Opens what was configured. */
    @FunctionalInterface
    interface Opener {

        /** Opens it; a database that cannot be reached now is opened later. */
        Opened open(Terms terms);
    }

    /**
     * What a ledger needs to know of its application.
     *
     * @param realm see {@code lsat.realm}
     * @param network the prefix of its invoices
     * @param capacity payments; at nine tenths of it counted plans are no longer sold
     * @param lease after which a pending use is lost
     */
    record Terms(String realm, String network, long capacity, Duration lease, InstantSource clock) {}

    /** A ledger that is open until it is closed. */
    interface Opened extends Ledger, AutoCloseable {

        /** Closes it; nothing is counted any more. */
        @Override
        void close();

        /** Where it counts, for the log at start. */
        String place();

        /**
         * Runs this several times a lease, on a thread of its own, until it is closed. Called once.
         *
         * @param settleOverdue counts uses that take so long that others who share the ledger would take them for lost
         */
        void onLease(Runnable settleOverdue);

        /**
         * Revokes a payment for all who share the ledger.
         *
         * @param prefix of its hash, 8 to 64 lower-case hex digits
         * @throws LedgerUnavailableException if it cannot be written down
         */
        void revoke(String prefix) throws LedgerUnavailableException;

        /**
         * Tells of the payments that are revoked for all who share the ledger, within three seconds after they change, from a
         * thread of its own. Called once.
         *
         * @param listener gets all prefixes as they were written
         */
        void onRevoked(Consumer<Set<String>> listener);
    }
}
