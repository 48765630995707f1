package org.lsat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.lsat.config.Settings;
import org.lsat.ledger.Ledger;
import org.lsat.rules.PathParameters;
import org.lsat.rules.Price;
import org.lsat.rules.RequestTarget;
import org.lsat.rules.Rule;

/**
 * Decides requests: one call, and the finished answer comes back as data. {@link #decide} talks to nothing but the ledger,
 * and for a pass to nothing at all; only {@link #challenge} talks to the node, or strict settlement at a payment's first use. Immutable apart from its limiter and its
 * uses in flight; thread-safe.
 */
public final class Paywall {

    private static final Duration REFUSAL_RETRY = Duration.ofSeconds(5);
    private static final Duration PRICE_RETRY = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final RequestPrices prices;
    private final Set<PathParameters> allowedParameters;
    private final Cors cors;
    private final boolean pricesByCode;
    private final PaywallListener listener;
    private final Challenger challenger;
    private final TokenJudge tokens;
    private final Allowances allowances = new Allowances();
    private final PlanPages planPages;
    private final Set<String> roles;
    private final boolean enforced;
    private final Optional<InvoiceSource.StandIn> standIn;

    /**
     * What a paywall works with.
     *
     * @param random makes token ids
     * @param prices prices the requests of rules whose price is {@code code}
     */
    public record Services(
            InvoiceSource invoices,
            Ledger ledger,
            InstantSource clock,
            SecureRandom random,
            Optional<PriceSource> prices,
            PaywallListener listener) {

        /** Without prices by code, and without a listener. */
        public Services(InvoiceSource invoices, Ledger ledger, InstantSource clock, SecureRandom random) {
            this(invoices, ledger, clock, random, Optional.empty(), PaywallListener.NONE);
        }
    }

    /** A paywall with these settings. */
    public Paywall(Settings settings, Services services) {
        this(settings, services, new Validity(settings));
    }

    /** A paywall of which keys and revoked payments may change. */
    public Paywall(Settings settings, Services services, Validity validity) {
        this.clock = services.clock();
        this.standIn = services.invoices().standIn();
        this.prices = new RequestPrices(settings, services.prices(), standIn.map(InvoiceSource.StandIn::payPath));
        this.allowedParameters = settings.allowedParameters();
        this.cors = new Cors(settings.cors());
        this.pricesByCode = services.prices().isPresent();
        this.listener = services.listener();
        this.challenger = new Challenger(settings, services, validity);
        Optional<SettledPayments> settled = settings.strictSettlement()
                ? Optional.of(new SettledPayments(services.invoices(), services.ledger()))
                : Optional.empty();
        this.tokens = new TokenJudge(settings, services.ledger(), settled, challenger, validity);
        this.planPages = new PlanPages(settings, tokens);
        this.enforced = settings.enforced();
        this.roles = settings.rules().stream()
                .flatMap(rule -> rule.allowance().roles().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Decides a request as it came from a client. */
    public Decision decide(RequestFacts request) {
        // A % in the decoded path was %25 on the wire, also where the container hands its request URI out decoded.
        boolean canonical = RequestTarget.isCanonical(request.requestUri(), allowedParameters)
                && request.path().indexOf('%') < 0;
        return finished(canonical ? byPath(request) : new Decision.Refused(Answers.BAD_TARGET), request);
    }

    /**
     * Decides a request that the application dispatched to another path (FORWARD, ASYNC): its target is the application's
     * own text, so it is matched and not judged.
     */
    public Decision decideDispatched(RequestFacts request) {
        return finished(byPath(request), request);
    }

    private Decision byPath(RequestFacts request) {
        if (prices.isPayPath(request.path())) {
            return Decision.Free.PLAIN;
        }
        Preflight preflight = request.preflight();
        if (preflight != null && cors.leavesPreflights()) {
            return Decision.Free.PLAIN;
        }
        if (planPages.isOne(request.path())) {
            return preflight == null ? planPages.decide(request) : new Decision.Refused(Answers.PREFLIGHT);
        }
        Optional<Rule> priced = priced(request.path(), request.requestUri(), request.method());
        if (preflight != null) {
            if (priced.isPresent()
                    || priced(request.path(), request.requestUri(), preflight.method())
                            .isPresent()) {
                return new Decision.Refused(Answers.PREFLIGHT);
            }
        }
        return priced.isEmpty() ? Decision.Free.PLAIN : judge(request, priced.get());
    }

    /**
     * Decides a request once more, after it was matched to a resource of the application.
     *
     * @param matched with the path that was matched, see {@link RequestFacts#matchedAt}
     * @param annotated the name of the rule that an annotation of the resource gives
     */
    public Decision decideMatched(RequestFacts matched, Optional<String> annotated) {
        RequestPrices.Reached reached = prices.reached(matched, annotated);
        if (reached.fault().isPresent()) {
            return finishedAfterMatching(
                    new Decision.Refused(misconfigured(reached.fault().get())), matched);
        }
        if (matched.preflight() != null && matched.method().equals("OPTIONS")) {
            return reached.rule().isEmpty() || cors.leavesPreflights()
                    ? Decision.Free.PLAIN
                    : new Decision.Refused(Answers.PREFLIGHT);
        }
        Decision decision =
                reached.rule().isPresent() ? judge(matched, reached.rule().get()) : Decision.Free.PLAIN;
        return finishedAfterMatching(decision, matched);
    }

    /**
     * The same for a request that was opened before it was matched: it is not charged again, and goes on ({@code Free}) or
     * is refused.
     *
     * @param opened what opened it
     */
    public Decision decideAgain(RequestFacts matched, Optional<String> annotated, Decision.Opened opened) {
        RequestPrices.Reached reached = prices.reached(matched, annotated);
        Optional<String> fault = reached.fault().isPresent() || reached.rule().isEmpty()
                ? reached.fault()
                : opens(opened, reached.rule().get(), matched)
                        ? Optional.empty()
                        : Optional.of("a request paid under rule "
                                + opened.rule().name()
                                + " was matched to a resource under rule "
                                + reached.rule().get().name() + ", or to one that costs more; give both one name");
        return fault.isEmpty()
                ? Decision.Free.PLAIN
                : finishedAfterMatching(new Decision.Refused(misconfigured(fault.get())), matched);
    }

    private static HttpAnswer misconfigured(String message) {
        return Answers.warning(
                refusal(Reason.MISCONFIGURED, "The server asks two prices for this resource, or none that it knows."),
                Reason.MISCONFIGURED,
                message);
    }

    private Decision judge(RequestFacts request, Rule rule) {
        Price price;
        try {
            price = prices.price(rule, request);
        } catch (RuntimeException e) {
            return new Decision.Refused(Answers.warning(
                    Answers.retryLater(
                            Reason.INTERNAL,
                            "What this request costs cannot be told now. Come back later.",
                            PRICE_RETRY),
                    Reason.INTERNAL,
                    "the PriceSource has no price for a request of rule " + rule.name() + ": " + e));
        }
        if (price.isFree()) {
            return Decision.Free.PLAIN;
        }
        Optional<Decision.Waived> byRole = allowances.byRole(request, rule);
        if (byRole.isPresent()) {
            return byRole.get();
        }
        Decision decision = tokens.judge(request, rule, price);
        return decision instanceof Decision.PaymentNeeded
                ? allowances.byQuota(request, rule).<Decision>map(free -> free).orElse(decision)
                : decision;
    }

    /**
     * Whether a matched request asks nothing: it has no rule, or a free one. Nothing is charged or counted.
     *
     * @param annotated the name of the rule that an annotation of the resource gives
     */
    public boolean isFree(RequestFacts matched, Optional<String> annotated) {
        RequestPrices.Reached reached = prices.reached(matched, annotated);
        if (reached.fault().isPresent()) {
            return false;
        }
        try {
            return reached.rule().isEmpty()
                    || prices.price(reached.rule().get(), matched).isFree();
        } catch (RuntimeException e) {
            return false;
        }
    }

    /**
     * Whether what opened a request opens another path, too, that the application dispatches it to. A {@link PriceSource}
     * is not asked once more about what it was asked already: its price may have risen since.
     *
     * @param opened what opened it
     * @param reached the rule of the other path
     * @param request with the other path
     */
    public boolean opens(Decision.Opened opened, Rule reached, RequestFacts request) {
        if (!opened.rule().equals(reached)) {
            return false;
        }
        try {
            return reached.price().isPresent()
                    || request.asksTheSameAs(opened.request())
                    || prices.price(reached, request).amountMsat() <= opened.coversMsat();
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Adds what browsers of other origins have to see, and tells the listener. */
    private Decision finished(Decision decision, RequestFacts request) {
        tell(decision, request);
        if (decision instanceof Decision.PaymentNeeded || (request.origin() == null && !cors.dependOnOrigin())) {
            return decision;
        }
        if (decision instanceof Decision.Refused refused) {
            return new Decision.Refused(Answers.with(refused.answer(), cors.fields(request)));
        }
        List<Header> fields = cors.applicationFields(request);
        if (decision instanceof Decision.Opened opened) {
            List<Header> headers = new ArrayList<>(opened.headers());
            headers.addAll(fields);
            return with(opened, List.copyOf(headers));
        }
        return new Decision.Free(fields);
    }

    private static Decision.Opened with(Decision.Opened opened, List<Header> headers) {
        if (opened instanceof Decision.Paid paid) {
            return new Decision.Paid(
                    paid.request(),
                    paid.rule(),
                    paid.access(),
                    paid.coversMsat(),
                    paid.payment(),
                    paid.firstUse(),
                    paid.settlement(),
                    headers);
        }
        Decision.Waived waived = (Decision.Waived) opened;
        return new Decision.Waived(waived.request(), waived.rule(), waived.waiver(), waived.settlement(), headers);
    }

    /** What the application's answers carry was set before it was matched. */
    private Decision finishedAfterMatching(Decision decision, RequestFacts request) {
        tell(decision, request);
        return decision instanceof Decision.Refused refused && cors.leavesPreflights()
                ? new Decision.Refused(Answers.with(refused.answer(), cors.fields(request)))
                : decision;
    }

    private void tell(Decision decision, RequestFacts request) {
        if (listener == PaywallListener.NONE) {
            return;
        }
        if (decision instanceof Decision.Paid paid) {
            listener.on(new PaywallEvent.Paid(
                    paid.access(), paid.payment(), paid.firstUse(), request.method(), request.path(), request.time()));
        } else if (decision instanceof Decision.Waived waived) {
            listener.on(new PaywallEvent.Waived(
                    waived.rule().name(), waived.waiver(), request.method(), request.path(), request.time()));
        } else if (decision instanceof Decision.Refused refused) {
            tellRefusal(refused.answer(), request);
        }
    }

    private void tellRefusal(HttpAnswer answer, RequestFacts request) {
        // Unenforced, nobody gets the answer.
        if (listener != PaywallListener.NONE && enforced) {
            answer.reason()
                    .ifPresent(reason -> listener.on(
                            new PaywallEvent.Refused(reason, request.method(), request.path(), request.time())));
        }
    }

    /**
     * The rule that asks a price for a request; empty where it is free.
     *
     * @param path decoded, below the context path; of a dispatch, possibly not: then what it may be taken for counts, too
     * @param requestUri the path that was asked for, undecoded; where it names a directory and {@code path} a file in it,
     *     the container put a welcome file there, and an exact rule for the directory holds
     */
    public Optional<Rule> priced(String path, String requestUri, String method) {
        return prices.priced(path, requestUri, method);
    }

    /**
     * The answer to a request that has to be paid for: 402 with a new invoice, or 429 or 503 without one.
     *
     * @param needed what {@link #decide} said of this request
     */
    public HttpAnswer challenge(Decision.PaymentNeeded needed, RequestFacts request) {
        return Answers.with(challengeOrRefusal(needed, request), cors.fields(request));
    }

    /** The same for a request that {@link #decideMatched} decided. */
    public HttpAnswer challengeMatched(Decision.PaymentNeeded needed, RequestFacts matched) {
        HttpAnswer answer = challengeOrRefusal(needed, matched);
        return cors.leavesPreflights() ? Answers.with(answer, cors.fields(matched)) : answer;
    }

    private HttpAnswer challengeOrRefusal(Decision.PaymentNeeded needed, RequestFacts request) {
        HttpAnswer answer = challenger.answer(needed, request);
        if (answer.status() != Reason.PAYMENT_REQUIRED.status()) {
            tellRefusal(answer, request);
        }
        return answer;
    }

    /** The answer where a request would be charged twice for one thing, or something is not as it should be. */
    public static HttpAnswer refusal(Reason reason, String detail) {
        return Answers.retryLater(reason, detail, REFUSAL_RETRY);
    }

    /** The same, of which the listener hears. */
    public HttpAnswer refuse(Reason reason, String detail, RequestFacts request) {
        HttpAnswer answer = refusal(reason, detail);
        tellRefusal(answer, request);
        return answer;
    }

    /** What stands in for an error page that has a price: only the status. */
    public static HttpAnswer errorPage(int status) {
        return Answers.withoutReason(status);
    }

    /**
     * Counts the uses that have been under way for longer than half the ledger's lease. Whoever charges does that, too; where others
     * charge in the same ledger, it is called several times a lease.
     */
    public void settleOverdue() {
        tokens.settleOverdue(clock.instant());
    }

    /** Whether preflights are the application's to answer, which has to be done without a body. */
    public boolean leavesPreflights() {
        return cors.leavesPreflights();
    }

    /** Whether anything is asked for; else all is let through, and {@link #report} is told what would have been. */
    public boolean isEnforced() {
        return enforced;
    }

    /** Tells the listener what would have been asked for a request, were it enforced. */
    public void report(Decision decision, RequestFacts request) {
        if (decision instanceof Decision.PaymentNeeded needed
                && needed.product() instanceof Rule rule
                && listener != PaywallListener.NONE) {
            listener.on(new PaywallEvent.NotEnforced(
                    rule.name(), needed.price().amountMsat(), request.method(), request.path(), request.time()));
        }
    }

    /** The roles of which {@link RequestFacts#roles} holds those of the user. */
    public Set<String> roles() {
        return roles;
    }

    /** Whether {@link RequestFacts#user} is to be found out. */
    public boolean pricesByCode() {
        return pricesByCode;
    }

    /** Whether {@link RequestFacts#localPeer} is to be found out: only stand-ins for a node ask. */
    public boolean servesLocalPeersOnly() {
        return standIn.isPresent() && standIn.get().localPeersOnly();
    }
}
