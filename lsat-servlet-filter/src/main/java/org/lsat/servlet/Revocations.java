package org.lsat.servlet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.lsat.Reason;
import org.lsat.Validity;
import org.lsat.ledger.LedgerBackend;
import org.lsat.ledger.LedgerUnavailableException;
import org.lsat.protocol.RevokedPayments;

/**
 * Which payments are revoked: those of the configuration, and those that an administrator adds while the application runs, here
 * or at another server that shares the ledger. Thread-safe.
 */
final class Revocations {

    private static final System.Logger LOG = System.getLogger("org.lsat");
    private static final String ALLOWED = "a payment hash, or its first 8 hex digits or more";

    private final Validity validity;
    private final Warnings warnings;
    private RevokedPayments configured;

    /** As they stand in the ledger; where there is none that lasts, those of this run. */
    private Set<String> added = Set.of();

    /** Added here, and not seen in the ledger yet: it may be read just before they are written. */
    private final Set<String> unseen = new TreeSet<>();

    private volatile LedgerBackend.@Nullable Opened ledger;

    Revocations(Validity validity, RevokedPayments configured, Warnings warnings) {
        this.validity = validity;
        this.configured = configured;
        this.warnings = warnings;
    }

    /** From now on others may add some, too. */
    void share(LedgerBackend.Opened opened) {
        ledger = opened;
        opened.onRevoked(this::replace);
    }

    synchronized void configure(RevokedPayments payments) {
        configured = payments;
        validity.refuse(all());
    }

    private synchronized void replace(Set<String> prefixes) {
        unseen.removeAll(prefixes);
        Set<String> both = new TreeSet<>(unseen);
        both.addAll(prefixes);
        added = Set.copyOf(both);
        validity.refuse(all());
        LOG.log(System.Logger.Level.INFO, "lsat: revoked payments in the ledger: " + prefixes.size());
    }

    private synchronized void add(String prefix) {
        Set<String> more = new TreeSet<>(added);
        if (more.add(prefix)) {
            unseen.add(prefix);
        }
        added = Set.copyOf(more);
        validity.refuse(all());
    }

    private synchronized RevokedPayments all() {
        List<RevokedPayments.Prefix> prefixes = new ArrayList<>(configured.prefixes());
        for (String text : added) {
            Optional<RevokedPayments.Prefix> prefix = RevokedPayments.Prefix.parse(text.strip());
            prefix.ifPresentOrElse(
                    prefixes::add,
                    () -> warnings.warn(
                            Reason.MISCONFIGURED,
                            "a row of the ledger's table lsat_revoked is not " + ALLOWED + ": " + text.length()
                                    + " characters"));
        }
        return RevokedPayments.of(prefixes);
    }

    List<String> prefixes() {
        return all().prefixes().stream()
                .map(RevokedPayments.Prefix::hex)
                .sorted()
                .toList();
    }

    /**
     * Adds one.
     *
     * @throws IllegalArgumentException if it is none
     * @throws IllegalStateException if it cannot be written down; it holds here all the same
     */
    void revoke(String text) {
        String prefix = RevokedPayments.Prefix.parse(text.strip())
                .orElseThrow(() -> new IllegalArgumentException(ALLOWED))
                .hex();
        add(prefix);
        LedgerBackend.Opened shared = ledger;
        String shown = prefix.substring(0, RevokedPayments.Prefix.FEWEST);
        if (shared == null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "lsat: payment " + shown + " is revoked until the application stops; lsat.revoked.file, or"
                            + " lsat.ledger=jdbc, keeps that");
            return;
        }
        try {
            shared.revoke(prefix);
            LOG.log(System.Logger.Level.INFO, "lsat: payment " + shown + " is revoked");
        } catch (LedgerUnavailableException e) {
            throw new IllegalStateException(
                    "revoked here until the application stops, and nowhere else: " + e.getMessage(), e);
        }
    }
}
