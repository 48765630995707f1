package org.lsat;

import java.util.List;
import org.lsat.protocol.PaymentHash;
import org.lsat.rules.Price;
import org.lsat.rules.Rule;

/** What is to become of a request. */
public sealed interface Decision {

    /**
     * Nothing to pay: the application answers.
     *
     * @param headers to be set before the application runs, which may replace them
     */
    record Free(List<Header> headers) implements Decision {
        static final Free PLAIN = new Free(List.of());
    }

    /**
     * Paid: the application answers, and the settlement ends the use.
     *
     * @param request what was judged: it has its price, whatever a {@link PriceSource} may say of it later
     * @param rule the rule that was opened
     * @param payment what paid for it
     * @param firstUse whether that payment was used for the first time; of a pass: since the start, as far as that is remembered
     * @param headers to be set before the application runs, which may replace them
     */
    record Opened(
            RequestFacts request,
            Rule rule,
            PaidAccess access,
            PaymentHash payment,
            boolean firstUse,
            Settlement settlement,
            List<Header> headers)
            implements Decision {}

    /**
     * To be paid for: {@link Paywall#challenge} makes the answer.
     *
     * @param price of this request; not free
     */
    record PaymentNeeded(Rule rule, Price price, Reason reason) implements Decision {}

    /** The answer is this one. */
    record Refused(HttpAnswer answer) implements Decision {}
}
