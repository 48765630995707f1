package org.lsat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
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
import org.lsat.rules.NamedPlan;
import org.lsat.rules.Price;
import org.lsat.rules.Product;
import org.lsat.rules.Rate;
import org.lsat.rules.Rule;

/**
 * Judges the tokens of a request. Talks to nothing but the ledger, and for a pass to nothing at all; where settlement is
 * strict, to the node when it sees a payment for the first time. Thread-safe.
 */
final class TokenJudge {

    private static final Verdict.CannotTell IN_USE = new Verdict.CannotTell(Answers.retryLater(
            Reason.IN_FLIGHT,
            "What remains of this token is being used by another request. If that one fails, its use is given back:"
                    + " come back with the token.",
            Duration.ofSeconds(1)));
    private static final Verdict.CannotTell NOT_ARRIVED = new Verdict.CannotTell(Answers.retryLater(
            Reason.PAYMENT_UNCONFIRMED,
            "Your token is kept; its payment has not arrived yet. Come back with it.",
            Duration.ofSeconds(2)));

    /** Whoever says that a payment has arrived may learn of it later than its payer. */
    private static final Duration SETTLEMENT_LAG = Duration.ofMinutes(1);

    private final Validity validity;
    private final Ledger ledger;
    private final Optional<SettledPayments> settled;
    private final RecentPayments passes = new RecentPayments();
    private final UsesInFlight inFlight;
    private final Challenger challenger;
    private final Duration invoiceExpiry;

    /** Beside each rule's own tokens those of the plans that contain it, by the rule's name. */
    private final Map<String, List<NamedPlan>> plans;

    private final Buckets<PaymentHash> rates = new Buckets<>();

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
        this.plans = settings.rules().stream()
                .collect(Collectors.toUnmodifiableMap(Rule::name, rule -> settings.plansOf(rule)));
        this.invoiceExpiry = settings.invoiceExpiry();
    }

    /** Opens the request, or says why not; the first of its credentials that opens it is charged. */
    Decision judge(RequestFacts request, Rule rule, Price price) {
        return judge(request, rule, price, credential -> judge(credential, request, rule, price));
    }

    /**
     * Whether a token of the plan came with the request, which is told what is left of it; else why one is to be bought. Nothing is
     * used up.
     */
    Decision judgeOwn(RequestFacts request, NamedPlan plan) {
        return judge(request, plan, plan.price(), credential -> judgeOwn(credential, request, plan));
    }

    private static Decision judge(
            RequestFacts request, Product product, Price price, Function<Credential, Verdict> judge) {
        Credentials credentials = Credentials.read(request.authorization(), request.macaroons());
        if (credentials.isEmpty()) {
            return new Decision.PaymentNeeded(product, price, Reason.PAYMENT_REQUIRED);
        }
        Reason furthest = Reason.MALFORMED;
        Optional<HttpAnswer> cannotTell = Optional.empty();
        for (Credential credential : credentials.candidates()) {
            Verdict verdict = judge.apply(credential);
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
                : new Decision.PaymentNeeded(product, price, furthest);
    }

    /** What one credential is worth. */
    private sealed interface Verdict {
        record Opens(Decision decision) implements Verdict {}

        record CannotTell(HttpAnswer answer) implements Verdict {}

        record Refuses(Reason reason) implements Verdict {}
    }

    /** In the order of the wire: preimage, signature, caveats, rule, method, time, price; then revocation, settlement, rate and uses. */
    private Verdict judge(Credential credential, RequestFacts request, Rule rule, Price price) {
        if (!validity.keys().isGenuine(credential)) {
            return new Verdict.Refuses(Reason.INVALID);
        }
        Product product = rule;
        Terms terms = Terms.of(credential, rule.name());
        List<NamedPlan> containing = plans.getOrDefault(rule.name(), List.of());
        for (int i = 0; i < containing.size() && terms.standing() == Terms.Standing.OTHER_PRODUCT; i++) {
            product = containing.get(i);
            terms = Terms.of(credential, product.name());
        }
        Optional<Reason> closed = closed(terms, request);
        if (closed.isPresent()) {
            return new Verdict.Refuses(closed.get());
        }
        Identifier identifier = Identifier.ofGenuine(credential.macaroon());
        TokenId tokenId = identifier.tokenId();
        if (rule.price().isEmpty() && covers(tokenId, product) < price.amountMsat()) {
            return new Verdict.Refuses(Reason.PRICE_TOO_LOW);
        }
        Opening opening = new Opening(request, rule, price, product, identifier, terms);
        Optional<Verdict> unsettled = unsettled(identifier, terms, mayYetArrive(request, product, terms));
        if (unsettled.isEmpty()) {
            unsettled = tooFast(opening);
        }
        if (unsettled.isPresent()) {
            return unsettled.get();
        }
        if (!tokenId.isCounted()) {
            boolean firstUse = passes.add(identifier.paymentHash());
            return opened(
                    opening, new Use(OptionalLong.empty(), Optional.empty(), firstUse, Settlement.OfPass.INSTANCE));
        }
        return charge(opening);
    }

    /** A request that a genuine token of a product may open. */
    private record Opening(
            RequestFacts request, Rule rule, Price price, Product product, Identifier identifier, Terms terms) {}

    /** Why the caveats do not open the request. */
    private static Optional<Reason> closed(Terms terms, RequestFacts request) {
        if (terms.standing() == Terms.Standing.INVALID) {
            return Optional.of(Reason.INVALID);
        }
        if (terms.standing() == Terms.Standing.OTHER_PRODUCT || !terms.allows(request.method())) {
            return Optional.of(Reason.WRONG_RULE);
        }
        return request.time().getEpochSecond() >= terms.validUntil() ? Optional.of(Reason.EXPIRED) : Optional.empty();
    }

    /** The dearest request that it opens, if there are uses left; a balance pays each by itself, and whoever sells a plan says what it opens. */
    private static long covers(TokenId tokenId, Product product) {
        return tokenId.depositMsat() > 0 || tokenId.isComplimentary() || product instanceof NamedPlan
                ? Long.MAX_VALUE
                : tokenId.amountMsat();
    }

    private Optional<Verdict> tooFast(Opening opening) {
        Optional<Rate> rate = opening.product.rate();
        if (rate.isEmpty()) {
            return Optional.empty();
        }
        Duration wait = rates.take(
                opening.identifier.paymentHash(),
                rate.get(),
                opening.request.time().toEpochMilli());
        return wait.isZero()
                ? Optional.empty()
                : Optional.of(new Verdict.CannotTell(Answers.retryLater(
                        Reason.TOO_MANY_REQUESTS,
                        opening.product.name() + " allows " + rate.get().permits()
                                + " requests at once and so many again in "
                                + rate.get().period() + " with one token. Nothing was charged: come back with it.",
                        wait.plusSeconds(1))));
    }

    private Verdict judgeOwn(Credential credential, RequestFacts request, NamedPlan plan) {
        if (!validity.keys().isGenuine(credential)) {
            return new Verdict.Refuses(Reason.INVALID);
        }
        Terms terms = Terms.of(credential, plan.name());
        Optional<Reason> closed = closed(terms, request);
        if (closed.isPresent()) {
            return new Verdict.Refuses(closed.get());
        }
        Identifier identifier = Identifier.ofGenuine(credential.macaroon());
        Optional<Verdict> unsettled = unsettled(identifier, terms, mayYetArrive(request, plan, terms));
        if (unsettled.isPresent()) {
            return unsettled.get();
        }
        TokenId tokenId = identifier.tokenId();
        JsonObject body =
                new JsonObject().put("plan", plan.name()).put("validUntil", Rfc3339.format(terms.validUntil()));
        if (!tokenId.isCounted()) {
            return new Verdict.Opens(new Decision.Refused(Answers.json(body)));
        }
        try {
            long left = limit(tokenId, terms) - ledger.used(identifier.paymentHash());
            return left <= 0
                    ? new Verdict.Refuses(Reason.USED_UP)
                    : new Verdict.Opens(new Decision.Refused(
                            Answers.json(body.put(tokenId.depositMsat() > 0 ? "balanceLeftMsat" : "usesLeft", left))));
        } catch (LedgerUnavailableException e) {
            return new Verdict.CannotTell(Answers.ledgerUnavailable(e));
        }
    }

    /** In uses, or in millisatoshi of a balance. */
    private static long bought(TokenId tokenId) {
        return tokenId.depositMsat() > 0 ? tokenId.depositMsat() : tokenId.uses();
    }

    private static long limit(TokenId tokenId, Terms terms) {
        return tokenId.depositMsat() > 0 ? tokenId.depositMsat() : terms.limit(tokenId.uses());
    }

    /**
     * Whether the invoice may just have been paid: its end is that of the token without the time that was bought. Where that
     * time was configured otherwise since, so that this is no time of an invoice, it may not.
     */
    private boolean mayYetArrive(RequestFacts request, Product product, Terms terms) {
        long now = request.time().getEpochSecond();
        long payUntil = terms.mintedUntil() - product.plan().validFor().toSeconds();
        return now < payUntil + SETTLEMENT_LAG.toSeconds()
                && payUntil <= now + invoiceExpiry.plus(SETTLEMENT_LAG).toSeconds();
    }

    /** Empty where the payment has arrived, or where its preimage is proof enough; and its seller did not take it back. */
    private Optional<Verdict> unsettled(Identifier identifier, Terms terms, boolean mayYetArrive) {
        if (validity.revoked().contain(identifier.paymentHash())) {
            return Optional.of(new Verdict.Refuses(Reason.REVOKED));
        }
        try {
            if (settled.isEmpty()
                    || identifier.tokenId().isComplimentary()
                    || settled.get().contains(identifier.paymentHash(), endOfPass(identifier, terms))) {
                return Optional.empty();
            }
            // Whoever has just paid must not be told to pay again.
            return Optional.of(mayYetArrive ? NOT_ARRIVED : new Verdict.Refuses(Reason.INVALID));
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

    private static Optional<Instant> endOfPass(Identifier identifier, Terms terms) {
        return identifier.tokenId().isCounted()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(terms.mintedUntil()));
    }

    private Verdict charge(Opening opening) {
        RequestFacts request = opening.request;
        boolean drawn = opening.identifier.tokenId().depositMsat() > 0;
        long units = drawn ? opening.price.amountMsat() : 1;
        Charge charge;
        try {
            charge = charge(request, opening.identifier, opening.terms, units);
        } catch (LedgerUnavailableException e) {
            return new Verdict.CannotTell(Answers.ledgerUnavailable(e));
        }
        return switch (charge.status()) {
            case EXHAUSTED -> new Verdict.Refuses(Reason.USED_UP);
            case IN_FLIGHT -> IN_USE;
            case APPLIED -> {
                Balance balance = drawn ? new Balance(units, charge.left()) : null;
                CountedUse use = new CountedUse(
                        ledger, charge, balance, inFlight, request.time().toEpochMilli());
                inFlight.add(use);
                OptionalLong left = drawn ? OptionalLong.empty() : OptionalLong.of(charge.left());
                yield opened(opening, new Use(left, Optional.ofNullable(balance), charge.first(), use));
            }
        };
    }

    void settleOverdue(Instant now) {
        try {
            inFlight.settleOverdue(now.toEpochMilli());
        } catch (LedgerUnavailableException e) {
            // Another is about it.
        }
    }

    private Charge charge(RequestFacts request, Identifier identifier, Terms terms, long units)
            throws LedgerUnavailableException {
        TokenId tokenId = identifier.tokenId();
        inFlight.settleOverdue(request.time().toEpochMilli());
        Instant end = Instant.ofEpochSecond(terms.mintedUntil());
        Charge charge = ledger.charge(identifier.paymentHash(), units, bought(tokenId), limit(tokenId, terms), end);
        if (charge.status() == Charge.Status.APPLIED && charge.first() && !tokenId.isComplimentary()) {
            challenger.paid(request);
        }
        return charge;
    }

    /** One use of a payment. */
    private record Use(OptionalLong left, Optional<Balance> balance, boolean first, Settlement settlement) {}

    private static Verdict opened(Opening opening, Use use) {
        Instant end = Instant.ofEpochSecond(opening.terms.validUntil());
        TokenId tokenId = opening.identifier.tokenId();
        PaidAccess access =
                new PaidAccess(tokenId, opening.rule.name(), opening.product.name(), use.left, use.balance, end);
        long covers = use.balance.map(Balance::reservedMsat).orElse(covers(tokenId, opening.product));
        return new Verdict.Opens(new Decision.Paid(
                opening.request,
                opening.rule,
                access,
                covers,
                opening.identifier.paymentHash(),
                use.first,
                use.settlement,
                headers(opening, use)));
    }

    private static List<Header> headers(Opening opening, Use use) {
        Header until = new Header("L402-Valid-Until", Rfc3339.format(opening.terms.validUntil()));
        if (use.left.isPresent()) {
            Header left = new Header("L402-Uses-Left", Long.toString(use.left.getAsLong()));
            return List.of(left, until, Answers.PRIVATE, Answers.VARY_BY_TOKEN);
        }
        if (use.balance.isPresent()) {
            Header left = new Header(
                    "L402-Balance-Msat", Long.toString(use.balance.get().leftMsat()));
            return List.of(left, until, Answers.PRIVATE, Answers.VARY_BY_TOKEN);
        }
        return List.of(until, Answers.PRIVATE, Answers.VARY_BY_TOKEN);
    }
}
