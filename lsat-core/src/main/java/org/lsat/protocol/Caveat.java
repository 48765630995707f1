package org.lsat.protocol;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One restriction, {@code condition=value}, split at the first {@code =}; text without {@code =} is a condition without
 * a value.
 */
public record Caveat(String condition, @Nullable String value) {

    /** The rules or plans that a token opens: {@code services=<name>:0[,<name>:0…]}. */
    public static final String SERVICES = "services";

    /** The preimage as a caveat, as lnget and aperture's gRPC client send it. */
    public static final String PREIMAGE = "preimage";

    /** Suffix of {@code <name>_valid_until=<unix seconds>}: the token opens until then. */
    public static final String VALID_UNTIL = "_valid_until";

    /** Suffix of {@code <name>_uses=<n>}: this copy closes once the payment has been used n times in all. */
    public static final String USES = "_uses";

    /** Suffix of {@code <name>_capabilities=GET,POST…}: only these methods; GET covers HEAD. */
    public static final String CAPABILITIES = "_capabilities";

    /** Splits {@code text} at its first {@code =}. */
    public static Caveat parse(String text) {
        int at = text.indexOf('=');
        return at < 0 ? new Caveat(text, null) : new Caveat(text.substring(0, at), text.substring(at + 1));
    }

    byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return value == null ? condition : condition + '=' + value;
    }
}
