package org.lsat.invoice.address;

import java.net.URI;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lsat.protocol.PaymentHash;

/**
 * Where the provider tells whether a payment has arrived (LUD-21). Most addresses differ by nothing but the payment hash: then
 * one is enough to know all, also those of payments before a restart and of other servers. Of the others the last are remembered
 * here, as many as there is room for. Thread-safe.
 */
final class SettlementQuestions {

    private static final int CAPACITY = 50_000;

    /** Some 20 MB. */
    private static final int MOST_CHARACTERS = 20_000_000;

    private static final String HASH = "{hash}";

    private final Map<PaymentHash, String> others = new LinkedHashMap<>();
    private int characters;
    private @Nullable String template;
    private @Nullable PaymentHash first;

    /** A second payment had an address like the first. */
    private boolean isConfirmed;

    /**
     * Where to ask about a payment.
     *
     * @param isGuess made after the address of another payment, while it is not known that all are alike: there may be
     *     nothing, and that says nothing
     */
    record Question(URI where, boolean isGuess) {}

    /** Remembers where to ask about a payment. */
    synchronized void add(PaymentHash payment, URI verify) {
        String text = verify.toString();
        int at = text.toLowerCase(Locale.ROOT).indexOf(payment.hex());
        if (at >= 0) {
            String own = text.substring(0, at)
                    + HASH
                    + text.substring(at + payment.hex().length());
            if (template == null) {
                template = own;
                first = payment;
                return;
            }
            if (own.equals(template)) {
                isConfirmed = true;
                return;
            }
        }
        String former = others.put(payment, text);
        characters += text.length() - (former == null ? 0 : former.length());
        Iterator<String> oldest = others.values().iterator();
        while (others.size() > CAPACITY || characters > MOST_CHARACTERS) {
            characters -= oldest.next().length();
            oldest.remove();
        }
    }

    /** Whether no provider's address was seen yet, so that the next one may tell of other payments, too. */
    synchronized boolean nothingIsKnown() {
        return template == null && others.isEmpty();
    }

    /** Where to ask about a payment; empty if that is not known. */
    synchronized Optional<Question> about(PaymentHash payment) {
        String remembered = others.get(payment);
        if (remembered != null) {
            return Optional.of(new Question(URI.create(remembered), false));
        }
        boolean isGuess = !payment.equals(first) && (!isConfirmed || !others.isEmpty());
        return Optional.ofNullable(template)
                .map(text -> new Question(URI.create(text.replace(HASH, payment.hex())), isGuess));
    }
}
