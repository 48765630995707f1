package org.lsat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.lsat.config.Settings;
import org.lsat.ledger.Charge;
import org.lsat.ledger.Ledger;
import org.lsat.ledger.LedgerUnavailableException;
import org.lsat.protocol.Credential;
import org.lsat.protocol.Credentials;
import org.lsat.protocol.Identifier;
import org.lsat.protocol.PaymentHash;
import org.lsat.protocol.Terms;
import org.lsat.protocol.TokenId;
import org.lsat.rules.Price;
import org.lsat.rules.Rule;

/**
 * Judges the tokens of a request. Talks to nothing but the ledger, and for a pass to nothing at all; where settlement is
 * strict, to the node when it sees a payment for the first time. Thread-safe.
 */
final class TokenJudge {

    private static final Duration IN_FLIGHT_RETRY = Duration.ofSeconds(1);

    private static final Header PRIVATE = new Header("Cache-Control", "private");
    private static final Header VARY = new Header("Vary", "Authorization, Macaroon, Grpc-Metadata-Macaroon");

    private final Validity validity;
    private final Ledger ledger;
    private final Optional<SettledPayments> settled;
    private final RecentPayments passes = new RecentPayments();
    private final UsesInFlight inFlight;
    private final Challenger challenger;

    TokenJudge(
            Settings settings,
            Ledger ledger,
            Optional<SettledPayments> settled,
            Challenger challenger,
            Validity validity) {
        this.validity = validity;
        this.ledger = ledger;
        this.settled = settled;
        this.inFlight = new UsesInFlight(settings.ledgerLease());
        this.challenger = challenger;
    }

    /** Opens the request, or says why not; the first of its credentials that opens it is charged. */
    Decision judge(RequestFacts request, Rule rule, Price price) {
        Credentials credentials = Credentials.read(request.authorization(), request.macaroons());
        if (credentials.isEmpty()) {
            return new Decision.PaymentNeeded(rule, price, Reason.PAYMENT_REQUIRED);
        }
        Reason furthest = Reason.MALFORMED;
        Optional<HttpAnswer> cannotTell = Optional.empty();
        for (Credential credential : credentials.candidates()) {
            Verdict verdict = judge(credential, request, rule, price);
            if (verdict instanceof Verdict.Opens opens) {
                return opens.decision();
            }
            if (verdict instanceof Verdict.CannotTell unknown) {
                cannotTell = Optional.of(unknown.answer());
            }
            if (verdict instanceof Verdict.Refuses refuses && refuses.reason().compareTo(furthest) > 0) {
                furthest = refuses.reason();
            }
        }
        // Somebody who may have paid must not be told to pay again.
        return cannotTell.isPresent()
                ? new Decision.Refused(cannotTell.get())
                : new Decision.PaymentNeeded(rule, price, furthest);
    }

    /** What one credential is worth. */
    private sealed interface Verdict {
        record Opens(Decision.Opened decision) implements Verdict {}

        record CannotTell(HttpAnswer answer) implements Verdict {}

        record Refuses(Reason reason) implements Verdict {}
    }

    /** In the order of the wire: preimage, signature, caveats, rule, method, time, price, revocation; then settlement and uses. */
    private Verdict judge(Credential credential, RequestFacts request, Rule rule, Price price) {
        if (!validity.keys().isGenuine(credential)) {
            return new Verdict.Refuses(Reason.INVALID);
        }
        Terms terms = Terms.of(credential, rule.name());
        if (terms.standing() == Terms.Standing.INVALID) {
            return new Verdict.Refuses(Reason.INVALID);
        }
        if (terms.standing() == Terms.Standing.OTHER_PRODUCT || !terms.allows(request.method())) {
            return new Verdict.Refuses(Reason.WRONG_RULE);
        }
        if (request.time().getEpochSecond() >= terms.validUntil()) {
            return new Verdict.Refuses(Reason.EXPIRED);
        }
        Identifier identifier = Identifier.ofGenuine(credential.macaroon());
        TokenId tokenId = identifier.tokenId();
        if (rule.price().isEmpty() && tokenId.amountMsat() < price.amountMsat()) {
            return new Verdict.Refuses(Reason.PRICE_TOO_LOW);
        }
        if (validity.revoked().contain(identifier.paymentHash())) {
            return new Verdict.Refuses(Reason.REVOKED);
        }
        Optional<Verdict> unsettled = unsettled(identifier.paymentHash());
        if (unsettled.isPresent()) {
            return unsettled.get();
        }
        if (tokenId.uses() == 0) {
            boolean firstUse = passes.add(identifier.paymentHash());
            return opened(
                    request,
                    rule,
                    identifier,
                    terms,
                    new Use(OptionalLong.empty(), firstUse, Settlement.OfPass.INSTANCE));
        }
        return charge(request, rule, identifier, terms);
    }

    /** Empty where the payment has arrived, or where its preimage is proof enough. */
    private Optional<Verdict> unsettled(PaymentHash payment) {
        try {
            return settled.isEmpty() || settled.get().contains(payment)
                    ? Optional.empty()
                    : Optional.of(new Verdict.Refuses(Reason.INVALID));
        } catch (InvoiceException e) {
            return Optional.of(new Verdict.CannotTell(Answers.warning(
                    Answers.retryLater(
                            Reason.PAYMENT_UNCONFIRMED,
                            "Your token is kept; the node cannot be asked now whether its payment has arrived. Come back"
                                    + " with it.",
                            e.retryAfter()),
                    Reason.PAYMENT_UNCONFIRMED,
                    String.valueOf(e.getMessage()))));
        }
    }

    private Verdict charge(RequestFacts request, Rule rule, Identifier identifier, Terms terms) {
        Instant now = request.time();
        TokenId tokenId = identifier.tokenId();
        PaymentHash payment = identifier.paymentHash();
        long bought = tokenId.uses();
        Charge charge;
        try {
            inFlight.settleOverdue(now.toEpochMilli());
            Instant end = Instant.ofEpochSecond(terms.mintedUntil());
            charge = ledger.charge(payment, 1, bought, terms.limit(bought), end);
        } catch (LedgerUnavailableException e) {
            return new Verdict.CannotTell(Answers.ledgerUnavailable(e));
        }
        return switch (charge.status()) {
            case EXHAUSTED -> new Verdict.Refuses(Reason.USED_UP);
            case IN_FLIGHT ->
                new Verdict.CannotTell(Answers.retryLater(
                        Reason.IN_FLIGHT,
                        "What remains of this token is being used by another request. If that one fails, its use is"
                                + " given back: come back with the token.",
                        IN_FLIGHT_RETRY));
            case APPLIED -> {
                CountedUse use = new CountedUse(ledger, charge, inFlight, now.toEpochMilli());
                inFlight.add(use);
                if (charge.first()) {
                    challenger.paid(request);
                }
                yield opened(
                        request, rule, identifier, terms, new Use(OptionalLong.of(charge.left()), charge.first(), use));
            }
        };
    }

    /** One use of a payment. */
    private record Use(OptionalLong left, boolean first, Settlement settlement) {}

    private static Verdict opened(RequestFacts request, Rule rule, Identifier identifier, Terms terms, Use use) {
        Instant end = Instant.ofEpochSecond(terms.validUntil());
        PaidAccess access = new PaidAccess(identifier.tokenId(), rule.name(), use.left, end);
        Header until = new Header("L402-Valid-Until", Rfc3339.format(terms.validUntil()));
        List<Header> headers = use.left.isPresent()
                ? List.of(new Header("L402-Uses-Left", Long.toString(use.left.getAsLong())), until, PRIVATE, VARY)
                : List.of(until, PRIVATE, VARY);
        return new Verdict.Opens(new Decision.Opened(
                request, rule, access, identifier.paymentHash(), use.first, use.settlement, headers));
    }
}
