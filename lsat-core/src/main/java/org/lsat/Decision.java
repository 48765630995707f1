package org.lsat;

import java.util.List;
import java.util.Optional;
import org.lsat.protocol.PaymentHash;
import org.lsat.rules.Price;
import org.lsat.rules.Product;
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

    /** It has a price, and is opened all the same: the application answers, and the settlement ends the use. */
    sealed interface Opened extends Decision permits Paid, Waived {

        /** What was judged: it has its price, whatever a {@link PriceSource} may say of it later. */
        RequestFacts request();

        /** The rule that was opened. */
        Rule rule();

        /** What opened it; empty where nothing was paid. */
        Optional<PaidAccess> paidAccess();

        /** Up to this price the same opens another path of the rule, too, in millisatoshi. */
        long coversMsat();

        /** Ends the use. */
        Settlement settlement();

        /** To be set before the application runs, which may replace them. */
        List<Header> headers();
    }

    /**
     * Paid.
     *
     * @param payment what paid for it
     * @param firstUse whether that payment was used for the first time; of a pass: since the start, as far as that is remembered
     */
    record Paid(
            RequestFacts request,
            Rule rule,
            PaidAccess access,
            long coversMsat,
            PaymentHash payment,
            boolean firstUse,
            Settlement settlement,
            List<Header> headers)
            implements Opened {

        @Override
        public Optional<PaidAccess> paidAccess() {
            return Optional.of(access);
        }
    }

    /** Let through without payment. */
    record Waived(RequestFacts request, Rule rule, Waiver waiver, Settlement settlement, List<Header> headers)
            implements Opened {

        @Override
        public Optional<PaidAccess> paidAccess() {
            return Optional.empty();
        }

        @Override
        public long coversMsat() {
            return Long.MAX_VALUE;
        }
    }

    /**
     * To be paid for: {@link Paywall#challenge} makes the answer.
     *
     * @param product what is sold: the rule of the request, or the plan that was asked for
     * @param price not free
     */
    record PaymentNeeded(Product product, Price price, Reason reason) implements Decision {}

    /** The answer is this one. */
    record Refused(HttpAnswer answer) implements Decision {}
}
