package org.lsat;

import java.time.Instant;
import java.util.OptionalLong;
import org.lsat.protocol.TokenId;

/**
 * What the application sees of a paid request: the request attribute under {@link #ATTRIBUTE}. Absent on a free one.
 *
 * @param tokenId names the token, and says what was bought and paid
 * @param rule the rule that the token opened
 * @param usesLeft how many uses remain when this one counts; empty for a pass
 * @param validUntil the token opens before this instant
 */
public record PaidAccess(TokenId tokenId, String rule, OptionalLong usesLeft, Instant validUntil) {

    /** Name of the request attribute. */
    public static final String ATTRIBUTE = "org.lsat.PaidAccess";
}
