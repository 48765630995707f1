package org.lsat.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lsat.Decision;
import org.lsat.Header;
import org.lsat.HttpAnswer;
import org.lsat.PaidAccess;
import org.lsat.Paywall;
import org.lsat.Reason;
import org.lsat.RequestFacts;
import org.lsat.rules.Rule;

/**
 * One request on its way through the filter. A request is charged once, at the first priced path that it reaches; from
 * there on it carries its mark ({@link OpenedRequest}). All dispatches of the application come by here, too, since a
 * forward from a free path must not serve a priced one. The pass that began a dispatch of the container (REQUEST, ASYNC)
 * settles the use, whoever set the mark: only there is it known what the client gets.
 */
final class Gate {

    /** Set while an included resource or an error page runs, to the {@link DispatcherType}: see {@link #kind}. */
    private static final String WITHIN = "org.lsat.servlet.Within";

    /**
     * Set where it was reported what a request would have cost, or why it would have been free: then to the {@link UseSettler}
     * of what it took of that.
     */
    private static final String REPORTED = "org.lsat.servlet.Reported";

    private static final String UNDECIDED_DETAIL = "The request could not be decided. Nothing was charged for it.";
    private static final Decision FREE = new Decision.Free(List.of());
    private static final Decision.Refused UNDECIDED =
            new Decision.Refused(Paywall.refusal(Reason.INTERNAL, UNDECIDED_DETAIL));

    private final Guard guard;
    private final Paywall paywall;
    private final Warnings warnings;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final FilterChain chain;
    private final DispatcherType dispatch;

    /** Whether no pass above this one settles what the request opens. */
    private boolean isOutermost;

    Gate(Guard guard, HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
        this.guard = guard;
        this.paywall = guard.paywall();
        this.warnings = guard.warnings();
        this.request = request;
        this.response = response;
        this.chain = chain;
        this.dispatch = request.getDispatcherType();
        this.isOutermost = dispatch == DispatcherType.REQUEST || dispatch == DispatcherType.ASYNC;
    }

    /**
     * After this, all that it takes to refuse a request is loaded. At the end of an application a server may close its JARs
     * while requests are under way (WildFly); what is needed then for the first time is not found, and that is refused.
     */
    static void load() {
        AnswerWriter.load();
    }

    void pass() throws IOException, ServletException {
        Object outer = request.getAttribute(MatchedGate.ATTRIBUTE);
        if (guard.secondGate().isInstalled()) {
            request.setAttribute(MatchedGate.ATTRIBUTE, new MatchedGate(this));
        }
        try {
            if (paywall.isEnforced()) {
                passAs(kind());
            } else {
                passUnenforced(kind());
            }
        } finally {
            // The outermost stays, since the framework may match the request in another thread.
            if (outer != null) {
                request.setAttribute(MatchedGate.ATTRIBUTE, outer);
            }
        }
    }

    boolean isEnforced() {
        return paywall.isEnforced();
    }

    private void passUnenforced(DispatcherType kind) throws IOException, ServletException {
        if (isNeverSold(kind)) {
            runWithin(kind);
        } else {
            report(facts ->
                    dispatch == DispatcherType.REQUEST ? paywall.decide(facts) : paywall.decideDispatched(facts));
            serveReported();
        }
    }

    private void serveReported() throws IOException, ServletException {
        boolean returned = false;
        try {
            serve();
            returned = true;
        } finally {
            if (isOutermost && request.getAttribute(REPORTED) instanceof UseSettler settler) {
                settleWhereItEnds(settler, returned);
            }
        }
    }

    /** It is free or it is left out. */
    private static boolean isNeverSold(DispatcherType kind) {
        return kind == DispatcherType.INCLUDE || kind == DispatcherType.ERROR;
    }

    /** Once a request, as it would be charged. Nothing that goes wrong here keeps it from the application. */
    private void report(Function<RequestFacts, Decision> judge) {
        if (request.getAttribute(REPORTED) != null) {
            return;
        }
        try {
            RequestFacts facts = facts().withoutCredentials();
            Decision decision = warned(judge.apply(facts));
            if (decision instanceof Decision.Opened opened) {
                request.setAttribute(REPORTED, new UseSettler(opened.settlement(), warnings));
                paywall.report(decision, facts);
            } else if (decision instanceof Decision.PaymentNeeded) {
                request.setAttribute(REPORTED, true);
                paywall.report(decision, facts);
            }
        } catch (RuntimeException | Error e) {
            warnings.warn(Reason.INTERNAL, "it cannot be told what a request would have cost", e);
        }
    }

    private void passAs(DispatcherType kind) throws IOException, ServletException {
        Optional<OpenedRequest> opened = OpenedRequest.of(request, paywall);
        if (kind != DispatcherType.ERROR
                && opened.isPresent()
                && opened.get().settler().gaveBack()) {
            // A filter before this one goes on with a request that was answered already, and not paid for.
            OpenedRequest.unmark(request);
            opened = Optional.empty();
            isOutermost = true;
        }
        switch (kind) {
            case ERROR -> passError(opened);
            case INCLUDE -> passIncluded(opened);
            default -> {
                if (opened.isPresent()) {
                    passOpened(opened.get());
                } else {
                    passUnopened();
                }
            }
        }
    }

    /**
     * What an included resource forwards to is part of the page that includes it, and what an error page forwards to is an
     * error page. By a mark of ours: a container may hide its own attributes of the outer dispatch from a forward.
     */
    private DispatcherType kind() {
        return dispatch == DispatcherType.FORWARD && request.getAttribute(WITHIN) instanceof DispatcherType outer
                ? outer
                : dispatch;
    }

    private void passUnopened() throws IOException, ServletException {
        Decision decision = decide();
        if (decision instanceof Decision.Refused refused) {
            write(refused.answer());
            return;
        }
        UseSettler settler = null;
        boolean returned = false;
        try {
            if (decision instanceof Decision.Opened opens) {
                settler = new UseSettler(opens.settlement(), warnings);
                open(opens, settler);
            } else if (decision instanceof Decision.Free free) {
                set(free.headers());
            }
            serve();
            returned = true;
        } finally {
            settleWhereItEnds(settler, returned);
        }
    }

    /** Free, opened, or refused with the answer. Whatever goes wrong in here goes wrong closed: 503, never the chain. */
    private Decision decide() {
        try {
            RequestFacts facts = facts();
            Decision decision =
                    dispatch == DispatcherType.REQUEST ? paywall.decide(facts) : paywall.decideDispatched(facts);
            return decision instanceof Decision.PaymentNeeded needed
                    ? refused(unsaleable().orElseGet(() -> paywall.challenge(needed, facts)))
                    : warned(decision);
        } catch (RuntimeException | Error e) {
            return undecided(e);
        }
    }

    /** The answer instead of a 402 for what would be refused once it is paid for. */
    private Optional<HttpAnswer> unsaleable() {
        return guard.contradictions()
                .of(request.getMethod(), Facts.path(request))
                .map(this::misconfigured);
    }

    private RequestFacts facts() {
        return Facts.of(request, guard);
    }

    private Decision refused(HttpAnswer answer) {
        return warned(new Decision.Refused(answer));
    }

    private Decision warned(Decision decision) {
        if (decision instanceof Decision.Refused refused) {
            refused.answer().warning().ifPresent(warning -> warnings.warn(warning.about(), warning.message()));
        }
        return decision;
    }

    private Decision.Refused undecided(Throwable why) {
        warnings.warn(Reason.INTERNAL, "a request could not be decided and was refused", why);
        try {
            return new Decision.Refused(paywall.refuse(Reason.INTERNAL, UNDECIDED_DETAIL, facts()));
        } catch (RuntimeException | LinkageError e) {
            // A request of which nothing can be told: that may be why it is refused.
            return UNDECIDED;
        }
    }

    /** One of which the listener hears, if anything can be told of the request. */
    HttpAnswer refusal(Reason reason, String detail) {
        try {
            return paywall.refuse(reason, detail, facts());
        } catch (RuntimeException | LinkageError e) {
            return Paywall.refusal(reason, detail);
        }
    }

    private void serve() throws IOException, ServletException {
        if (!paywall.isEnforced()) {
            chain.doFilter(request, response);
        } else if (paywall.leavesPreflights() && Facts.preflight(request) != null) {
            BodilessResponse bodiless = new BodilessResponse(response);
            serve(new PreflightRequest(request, bodiless), bodiless);
        } else {
            serve(request, response);
        }
    }

    private void serve(HttpServletRequest asked, HttpServletResponse answer) throws IOException, ServletException {
        if (guard.secondGate().isMissing(request)) {
            WithheldResponse withheld = new WithheldResponse(request, answer, guard, this);
            chain.doFilter(asked, withheld);
            withheld.chainReturned();
        } else {
            chain.doFilter(asked, answer);
        }
    }

    /** See {@link MatchedGate#judge}. The pass above settles what is opened here, as it does for a forward. */
    Optional<HttpAnswer> judgeMatched(MatchedGate.Match match, Optional<String> annotated) {
        guard.secondGate().asks(request);
        if (!paywall.isEnforced()) {
            if (!isNeverSold(kind())) {
                report(facts -> paywall.decideMatched(
                        facts.matchedAs(match.method(), paths(match).get(0)), annotated));
            }
            return Optional.empty();
        }
        List<String> methods =
                Stream.of(request.getMethod(), match.method()).distinct().toList();
        for (String path : paths(match)) {
            for (String method : methods) {
                Optional<HttpAnswer> refusal = judgeAs(method, path, annotated);
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<HttpAnswer> judgeAs(String method, String matchedPath, Optional<String> annotated) {
        Decision decision = decideMatched(method, matchedPath, annotated);
        if (decision instanceof Decision.Opened opens) {
            open(opens, new UseSettler(opens.settlement(), warnings));
        }
        return decision instanceof Decision.Refused refused ? Optional.of(refused.answer()) : Optional.empty();
    }

    private Decision decideMatched(String method, String matchedPath, Optional<String> annotated) {
        try {
            RequestFacts facts = facts().matchedAs(method, matchedPath);
            Optional<OpenedRequest> opened = OpenedRequest.of(request, paywall);
            if (opened.isPresent()) {
                return decideAgain(facts, annotated, opened.get());
            }
            DispatcherType kind = kind();
            if (isNeverSold(kind)) {
                return paywall.isFree(facts, annotated)
                        ? FREE
                        : new Decision.Refused(
                                Paywall.errorPage(kind == DispatcherType.ERROR ? errorStatus() : response.getStatus()));
            }
            Decision decision = paywall.decideMatched(facts, annotated);
            return decision instanceof Decision.PaymentNeeded needed
                    ? refused(unsaleable().orElseGet(() -> paywall.challengeMatched(needed, facts)))
                    : warned(decision);
        } catch (RuntimeException | Error e) {
            return undecided(e);
        }
    }

    private Decision decideAgain(RequestFacts matched, Optional<String> annotated, OpenedRequest opened) {
        Decision decision = warned(paywall.decideAgain(matched, annotated, opened.by()));
        if (decision instanceof Decision.Refused refused && annotated.isPresent()) {
            remember(
                    matched.method(),
                    matched.path(),
                    refused.answer().warning().map(HttpAnswer.Warning::message).orElse(""));
        }
        return decision;
    }

    /** Where a filter of the application put another method or path in place, who knows what the next client gets. */
    private void remember(String method, String matchedPath, String why) {
        String path = Facts.path(request);
        if (dispatch == DispatcherType.REQUEST
                && method.equals(request.getMethod())
                && withoutSlash(matchedPath).equals(withoutSlash(path))) {
            guard.contradictions().found(method, path, why);
        }
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** See {@link MatchedGate#misconfigured}. */
    HttpAnswer misconfigured(MatchedGate.Match match, String why) {
        guard.secondGate().asks(request);
        if (OpenedRequest.of(request, paywall).isPresent()) {
            paths(match).forEach(path -> remember(match.method(), path, why));
        }
        return misconfigured(why);
    }

    private HttpAnswer misconfigured(String why) {
        warnings.warn(Reason.MISCONFIGURED, why);
        return refusal(Reason.MISCONFIGURED, "The server asks two prices for this resource. Nothing was charged.");
    }

    /**
     * The paths below the context path for which a match is judged. A filter of the application may put another base in
     * place before the matching, by what a client sends: then the path below the base that the container knows counts, too.
     */
    private List<String> paths(MatchedGate.Match match) {
        String context = request.getServletContext().getContextPath();
        // The context's own path, since the request's is as the client wrote it.
        String base = withoutSlash(match.base());
        boolean below = (base + '/').startsWith(context + '/');
        String told = below ? base.substring(context.length()) : base;
        if (RestServlets.base(request).equals(Optional.of(told))) {
            return List.of(told + '/' + match.path());
        }
        Set<String> bases = RestServlets.bases(request);
        Stream<String> judged = bases.contains(told) || bases.isEmpty()
                ? Stream.of(told)
                : Stream.concat(below ? Stream.of(told) : Stream.of(), bases.stream());
        return judged.map(each -> each + '/' + match.path()).toList();
    }

    Optional<PaidAccess> access() {
        return OpenedRequest.of(request, paywall).flatMap(opened -> opened.by().paidAccess());
    }

    private void open(Decision.Opened opens, UseSettler settler) {
        new OpenedRequest(paywall, opens, settler).mark(request);
        set(opens.headers());
    }

    private void set(List<Header> headers) {
        for (Header header : headers) {
            if (header.name().equals("Vary")) {
                response.addHeader(header.name(), header.value());
            } else {
                response.setHeader(header.name(), header.value());
            }
        }
    }

    /**
     * A pass that the container began settles the use that the request carries when it ends. A forward does not: whoever
     * forwarded may catch what the resource throws, and answer well; but one from a thread of the application has no pass
     * above it, and is settled when the asynchronous processing completes.
     *
     * @param opened of the use that this pass opened; else the request's mark tells
     */
    private void settleWhereItEnds(@Nullable UseSettler opened, boolean returned) {
        UseSettler settler = opened != null
                ? opened
                : OpenedRequest.of(request, paywall).map(OpenedRequest::settler).orElse(null);
        if (settler == null) {
            if (isOutermost && request.isAsyncStarted()) {
                LateSettler.add(paywall, request, response);
            }
        } else if (!isOutermost) {
            settler.settleOnCompletion(request, response);
        } else if (returned) {
            settler.chainReturned(request, response);
        } else {
            settler.chainThrew(request, response);
        }
    }

    /** A paid request that the application dispatched on; or that this filter sees twice, being mapped twice. */
    private void passOpened(OpenedRequest opened) throws IOException, ServletException {
        Optional<Rule> reached = paywall.priced(Facts.path(request), request.getRequestURI(), request.getMethod());
        boolean returned = false;
        try {
            if (reached.isPresent() && !opens(Optional.of(opened), reached.get(), Facts.path(request))) {
                refuseOtherRule(opened, reached.get());
            } else {
                serve();
            }
            returned = true;
        } finally {
            if (dispatch == DispatcherType.ASYNC) {
                settleWhereItEnds(opened.settler(), returned);
            }
        }
    }

    /**
     * A challenge here would let a client pay for the two in turn for ever. The 503 gives the use back, if it is what the
     * client gets.
     */
    private void refuseOtherRule(OpenedRequest opened, Rule reached) throws IOException {
        warnings.warn(
                Reason.MISCONFIGURED,
                "a request paid under rule " + opened.by().rule().name() + " was dispatched to rule " + reached.name()
                        + " and refused; give both paths one rule, or make one of them free");
        write(refusal(
                Reason.MISCONFIGURED,
                "The application dispatches this request to a path of another price. Nothing was charged."));
    }

    /** Status and headers cannot be set in an include: a priced resource that was not paid for is left out. */
    private void passIncluded(Optional<OpenedRequest> opened) throws IOException, ServletException {
        boolean included = dispatch == DispatcherType.INCLUDE;
        String path = included ? Facts.includedPath(request) : Facts.path(request);
        String uri = included ? Facts.includedUri(request) : request.getRequestURI();
        Optional<Rule> reached = paywall.priced(path, uri, request.getMethod());
        if (reached.isEmpty() || opens(opened, reached.get(), path)) {
            runWithin(DispatcherType.INCLUDE);
            return;
        }
        warnings.warn(
                Reason.WRONG_RULE,
                "a priced resource was included by a request that did not pay for it, and left out: rule "
                        + reached.get().name());
    }

    private boolean opens(Optional<OpenedRequest> opened, Rule reached, String path) {
        return opened.isPresent() && paywall.opens(opened.get().by(), reached, facts().matchedAt(path));
    }

    private void runWithin(DispatcherType kind) throws IOException, ServletException {
        Object outer = request.getAttribute(WITHIN);
        request.setAttribute(WITHIN, kind);
        try {
            serve();
        } finally {
            request.setAttribute(WITHIN, outer);
        }
    }

    /** An error page is never sold, and a priced one is not given to a request that did not pay: the status stays. */
    private void passError(Optional<OpenedRequest> opened) throws IOException, ServletException {
        Optional<Rule> reached = paywall.priced(Facts.path(request), request.getRequestURI(), request.getMethod());
        // Any payment opens an error page itself; what the page forwards to is open only to its own rule's. Tomcat
        // calls
        // such a forward an ERROR, too.
        boolean forwarded = request.getAttribute(WITHIN) != null;
        if (reached.isEmpty() || (forwarded ? opens(opened, reached.get(), Facts.path(request)) : opened.isPresent())) {
            runWithin(DispatcherType.ERROR);
            return;
        }
        write(Paywall.errorPage(errorStatus()));
    }

    private int errorStatus() {
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? code
                : response.getStatus();
    }

    private void write(HttpAnswer answer) throws IOException {
        AnswerWriter.write(answer, response, dispatch == DispatcherType.REQUEST);
    }
}
