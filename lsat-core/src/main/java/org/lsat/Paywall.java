package org.lsat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
import org.lsat.protocol.RootKeys;
import org.lsat.protocol.Terms;
import org.lsat.protocol.TokenId;
import org.lsat.rules.DispatchedPath;
import org.lsat.rules.PathPattern;
import org.lsat.rules.PriceTable;
import org.lsat.rules.RequestTarget;
import org.lsat.rules.Rule;

/**
 * Decides requests: one call, and the finished answer comes back as data. {@link #decide} talks to nothing but the ledger,
 * and for a pass to nothing at all; only {@link #challenge} talks to the node. Immutable apart from its limiter and its
 * uses in flight; thread-safe.
 */
public final class Paywall {

    private static final Duration LEDGER_RETRY = Duration.ofSeconds(5);
    private static final Duration IN_FLIGHT_RETRY = Duration.ofSeconds(1);

    private static final Header PRIVATE = new Header("Cache-Control", "private");
    private static final Header VARY = new Header("Vary", "Authorization, Macaroon, Grpc-Metadata-Macaroon");

    private final PriceTable prices;
    private final RootKeys keys;
    private final Ledger ledger;
    private final UsesInFlight inFlight;
    private final Challenger challenger;
    private final Optional<InvoiceSource.StandIn> standIn;

    /**
     * What a paywall works with.
     *
     * @param random makes token ids
     */
    public record Services(InvoiceSource invoices, Ledger ledger, InstantSource clock, SecureRandom random) {}

    /** A paywall with these settings. */
    public Paywall(Settings settings, Services services) {
        this.prices = settings.prices();
        this.keys = settings.keys();
        this.ledger = services.ledger();
        this.inFlight = new UsesInFlight(settings.ledgerLease());
        this.challenger = new Challenger(settings, services);
        this.standIn = services.invoices().standIn();
    }

    /** Decides a request as it came from a client. */
    public Decision decide(RequestFacts request) {
        // A % in the decoded path was %25 on the wire, also where the container hands its request URI out decoded.
        if (!RequestTarget.isCanonical(request.requestUri()) || request.path().indexOf('%') >= 0) {
            return new Decision.Refused(Answers.BAD_TARGET);
        }
        return decideDispatched(request);
    }

    /**
     * Decides a request that the application dispatched to another path (FORWARD, ASYNC): its target is the application's
     * own text, so it is matched and not judged.
     */
    public Decision decideDispatched(RequestFacts request) {
        if (isPayPath(request.path())) {
            return Decision.Free.INSTANCE;
        }
        Optional<Rule> priced = priced(request.path(), request.requestUri(), request.method());
        if (request.preflightMethod() != null
                && (priced.isPresent()
                        || priced(request.path(), request.requestUri(), request.preflightMethod())
                                .isPresent())) {
            return new Decision.Refused(Answers.PREFLIGHT);
        }
        return priced.isEmpty() ? Decision.Free.INSTANCE : judge(request, priced.get());
    }

    /**
     * The rule that asks a price for a request; empty where it is free.
     *
     * @param path decoded, below the context path; of a dispatch, possibly not: then what it may be taken for counts, too
     * @param requestUri the path that was asked for, undecoded; where it names a directory and {@code path} a file in it,
     *     the container put a welcome file there, and an exact rule for the directory holds
     */
    public Optional<Rule> priced(String path, String requestUri, String method) {
        Optional<Rule> priced = pricedLiterally(path, requestUri, method);
        return priced.isEmpty() && DispatchedPath.isAmbiguous(path)
                ? pricedLiterally(DispatchedPath.mostLenient(path), requestUri, method)
                : priced;
    }

    private Optional<Rule> pricedLiterally(String path, String requestUri, String method) {
        Optional<Rule> rule = rule(path, requestUri, method);
        return rule.isPresent() && (rule.get().price().isFree() || isPayPath(path)) ? Optional.empty() : rule;
    }

    private Optional<Rule> rule(String path, String requestUri, String method) {
        if (requestUri.endsWith("/") && !path.endsWith("/")) {
            Optional<Rule> directory = prices.rule(directory(path, requestUri), method);
            if (directory.isPresent() && directory.get().path().kind() == PathPattern.Kind.EXACT) {
                return directory;
            }
        }
        return prices.rule(path, method);
    }

    /** The part of {@code path} that was asked for; the rest is the welcome file, which may be in a folder below. */
    private static String directory(String path, String requestUri) {
        int parent = path.lastIndexOf('/');
        for (int end = parent; end >= 0; end = path.lastIndexOf('/', end - 1)) {
            String candidate = path.substring(0, end + 1);
            if (requestUri.endsWith(candidate)) {
                return candidate;
            }
        }
        // Percent-encoded: taken for the usual case, a file in the directory itself.
        return path.substring(0, parent + 1);
    }

    private boolean isPayPath(String path) {
        return standIn.isPresent() && standIn.get().payPath().equals(path);
    }

    private Decision judge(RequestFacts request, Rule rule) {
        Credentials credentials = Credentials.read(request.authorization(), request.macaroons());
        if (credentials.isEmpty()) {
            return new Decision.PaymentNeeded(rule, Reason.PAYMENT_REQUIRED);
        }
        Reason furthest = Reason.MALFORMED;
        Optional<HttpAnswer> cannotTell = Optional.empty();
        for (Credential credential : credentials.candidates()) {
            Verdict verdict = judge(credential, request, rule);
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
                : new Decision.PaymentNeeded(rule, furthest);
    }

    /** What one credential is worth. */
    private sealed interface Verdict {
        record Opens(Decision.Opened decision) implements Verdict {}

        record CannotTell(HttpAnswer answer) implements Verdict {}

        record Refuses(Reason reason) implements Verdict {}
    }

    /** In the order of the wire: preimage, signature, caveats, rule, method, time, uses. */
    private Verdict judge(Credential credential, RequestFacts request, Rule rule) {
        if (!keys.isGenuine(credential)) {
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
        if (tokenId.uses() == 0) {
            return opened(rule, tokenId, terms, OptionalLong.empty(), Settlement.OfPass.INSTANCE);
        }
        return charge(request, rule, identifier, terms);
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
            return new Verdict.CannotTell(Answers.warning(
                    Answers.retryLater(
                            Reason.LEDGER_UNAVAILABLE,
                            "Your token is kept; the count of its uses cannot be asked now. Come back with it.",
                            LEDGER_RETRY),
                    Reason.LEDGER_UNAVAILABLE,
                    "the ledger is unavailable: " + e.getMessage()));
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
                yield opened(rule, tokenId, terms, OptionalLong.of(charge.left()), use);
            }
        };
    }

    private static Verdict opened(
            Rule rule, TokenId tokenId, Terms terms, OptionalLong usesLeft, Settlement settlement) {
        PaidAccess access = new PaidAccess(tokenId, rule.name(), usesLeft, Instant.ofEpochSecond(terms.validUntil()));
        Header until = new Header("L402-Valid-Until", Rfc3339.format(terms.validUntil()));
        List<Header> headers = usesLeft.isPresent()
                ? List.of(new Header("L402-Uses-Left", Long.toString(usesLeft.getAsLong())), until, PRIVATE, VARY)
                : List.of(until, PRIVATE, VARY);
        return new Verdict.Opens(new Decision.Opened(rule, access, settlement, headers));
    }

    /**
     * The answer to a request that has to be paid for: 402 with a new invoice, or 429 or 503 without one.
     *
     * @param needed what {@link #decide} said of this request
     */
    public HttpAnswer challenge(Decision.PaymentNeeded needed, RequestFacts request) {
        return challenger.answer(needed, request);
    }

    /** The answer where a request would be charged twice for one thing, or something is not as it should be. */
    public static HttpAnswer refusal(Reason reason, String detail) {
        return Answers.retryLater(reason, detail, LEDGER_RETRY);
    }

    /** What stands in for an error page that has a price: only the status. */
    public static HttpAnswer errorPage(int status) {
        return Answers.withoutReason(status);
    }

    /** Whether {@link RequestFacts#localPeer} is to be found out: only stand-ins for a node ask. */
    public boolean servesLocalPeersOnly() {
        return standIn.isPresent() && standIn.get().localPeersOnly();
    }
}
