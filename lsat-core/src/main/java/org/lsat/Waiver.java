package org.lsat;

import java.util.Locale;

/** Why a request is let through without payment although it has a price. */
public enum Waiver {
    /** Its client network has some of the rule's {@code free} requests left. */
    QUOTA,
    /** Its user has one of the rule's {@code free-for-roles}. */
    ROLE;

    /** Its name in lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
