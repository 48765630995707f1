package org.lsat;

import java.util.List;
import org.lsat.rules.Rule;

/** What is to become of a request. */
public sealed interface Decision {

    /** Nothing to pay: the application answers. */
    record Free() implements Decision {
        static final Free INSTANCE = new Free();
    }

    /**
     * Paid: the application answers, and the settlement ends the use.
     *
     * @param rule the rule that was opened
     * @param headers to be set before the application runs, which may replace them
     */
    record Opened(Rule rule, PaidAccess access, Settlement settlement, List<Header> headers) implements Decision {}

    /** To be paid for: {@link Paywall#challenge} makes the answer. */
    record PaymentNeeded(Rule rule, Reason reason) implements Decision {}

    /** The answer is this one. */
    record Refused(HttpAnswer answer) implements Decision {}
}
