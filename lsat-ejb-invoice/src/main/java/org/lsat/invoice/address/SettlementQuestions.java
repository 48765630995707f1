package org.lsat.invoice.address;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lsat.protocol.PaymentHash;

/**
 * Where the provider tells whether a payment has arrived (LUD-21). Most addresses name the payment hash: then one is enough to
 * know all, also those of payments before a restart. The others are remembered, as many as there is room for. Thread-safe.
 */
final class SettlementQuestions {

    /** Some 30 MB, if all of them are long and none has the payment hash in it. */
    private static final int CAPACITY = 50_000;

    private static final String HASH = "{hash}";

    private final Map<PaymentHash, URI> others = new LinkedHashMap<>();
    private @Nullable String template;

    /** Remembers where to ask about a payment. */
    synchronized void add(PaymentHash payment, URI verify) {
        String text = verify.toString();
        int at = text.toLowerCase(Locale.ROOT).indexOf(payment.hex());
        if (at >= 0) {
            template = text.substring(0, at)
                    + HASH
                    + text.substring(at + payment.hex().length());
            return;
        }
        if (others.size() == CAPACITY) {
            others.remove(others.keySet().iterator().next());
        }
        others.put(payment, verify);
    }

    /** Whether no provider's address was seen yet, so that the next one may tell of other payments, too. */
    synchronized boolean nothingIsKnown() {
        return template == null && others.isEmpty();
    }

    /** Where to ask about a payment; empty if that is not known. */
    synchronized Optional<URI> about(PaymentHash payment) {
        URI remembered = others.get(payment);
        if (remembered != null || template == null) {
            return Optional.ofNullable(remembered);
        }
        return Optional.of(URI.create(template.replace(HASH, payment.hex())));
    }
}
