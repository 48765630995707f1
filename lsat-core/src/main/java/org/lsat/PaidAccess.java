package org.lsat;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.lsat.protocol.TokenId;

/**
 * What the application sees of a paid request: the request attribute under {@link #ATTRIBUTE}. Absent on a free one.
 *
 * @param tokenId names the token, and says what was bought and paid
 * @param rule the rule that the token opened
 * @param product what the token was bought for: that rule, or a plan that contains it
 * @param usesLeft how many uses remain when this one counts; empty where uses are not what is counted
 * @param balance what the request draws from; empty where the token is no balance
 * @param validUntil the token opens before this instant
 */
public record PaidAccess(
        TokenId tokenId,
        String rule,
        String product,
        OptionalLong usesLeft,
        Optional<Balance> balance,
        Instant validUntil) {

    /** Name of the request attribute. */
    public static final String ATTRIBUTE = "org.lsat.PaidAccess";
}
