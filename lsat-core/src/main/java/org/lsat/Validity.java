package org.lsat;

import org.lsat.config.Settings;
import org.lsat.protocol.RevokedPayments;
import org.lsat.protocol.RootKeys;

/**
 * What makes a token good that may change while an application runs: the keys that sign it, and the payments that are
 * revoked. A change holds from the next decision on. Thread-safe.
 */
public final class Validity {

    private volatile RootKeys keys;
    private volatile RevokedPayments revoked;

    /** As it is configured at the start. */
    public Validity(Settings settings) {
        this.keys = settings.keys();
        this.revoked = settings.revoked().atStart();
    }

    /** What signs tokens now. */
    public RootKeys keys() {
        return keys;
    }

    RevokedPayments revoked() {
        return revoked;
    }

    /** Signs and verifies with other keys. */
    public void use(RootKeys others) {
        keys = others;
    }

    /** Refuses the tokens of these payments, and of no others. */
    public void refuse(RevokedPayments payments) {
        revoked = payments;
    }
}
