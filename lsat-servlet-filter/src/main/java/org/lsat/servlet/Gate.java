package org.lsat.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.lsat.Decision;
import org.lsat.Header;
import org.lsat.PaidAccess;
import org.lsat.Paywall;
import org.lsat.Reason;
import org.lsat.RequestFacts;
import org.lsat.rules.Rule;

/**
 * One request on its way through the filter. A request is charged once, at the first priced path that it reaches; from
 * there on it carries its mark ({@link OpenedRequest}), and whoever set the mark settles the use. All dispatches of the
 * application come by here, too, since a forward from a free path must not serve a priced one.
 */
final class Gate {

    private final Deployment deployment;
    private final Warnings warnings;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final FilterChain chain;

    Gate(
            Deployment deployment,
            Warnings warnings,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain) {
        this.deployment = deployment;
        this.warnings = warnings;
        this.request = request;
        this.response = response;
        this.chain = chain;
    }

    void pass() throws IOException, ServletException {
        Paywall paywall = deployment.paywall().orElse(null);
        if (paywall == null) {
            passNotReady();
            return;
        }
        switch (request.getDispatcherType()) {
            case REQUEST, FORWARD, ASYNC -> pass(paywall);
            case INCLUDE -> passIncluded(paywall);
            case ERROR -> passError(paywall);
        }
    }

    /** Before the start and after the stop nothing can be judged, so nothing that has a price is served. */
    private void passNotReady() throws IOException, ServletException {
        boolean priced = deployment
                .settings()
                .prices()
                .rule(Facts.path(request), request.getMethod())
                .filter(rule -> !rule.price().isFree())
                .isPresent();
        if (priced || request.getDispatcherType() == DispatcherType.INCLUDE) {
            AnswerWriter.write(
                    Paywall.refusal(Reason.INTERNAL, "The application is starting or stopping. Nothing was charged."),
                    response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void pass(Paywall paywall) throws IOException, ServletException {
        OpenedRequest opened = OpenedRequest.of(request, paywall);
        if (opened != null) {
            passOpened(paywall, opened);
            return;
        }
        Decision decision = decide(paywall);
        if (decision instanceof Decision.Refused refused) {
            AnswerWriter.write(refused.answer(), response);
        } else if (decision instanceof Decision.Opened opens) {
            open(paywall, opens);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Free, opened, or refused with the answer. Whatever goes wrong in here goes wrong closed: 503, never the chain. */
    private Decision decide(Paywall paywall) {
        try {
            RequestFacts facts = Facts.of(request, paywall, deployment.clock().instant());
            boolean fromClient = request.getDispatcherType() == DispatcherType.REQUEST;
            Decision decision = fromClient ? paywall.decide(facts) : paywall.decideDispatched(facts);
            if (decision instanceof Decision.PaymentNeeded needed) {
                decision = new Decision.Refused(paywall.challenge(needed, facts));
            }
            if (decision instanceof Decision.Refused refused) {
                refused.answer().warning().ifPresent(warning -> warnings.warn(Warnings.Kind.ANSWER, warning));
            }
            return decision;
        } catch (RuntimeException | LinkageError e) {
            warnings.warn(Warnings.Kind.INTERNAL, "a request could not be decided and was refused", e);
            return new Decision.Refused(
                    Paywall.refusal(Reason.INTERNAL, "The request could not be decided. Nothing was charged for it."));
        }
    }

    private void open(Paywall paywall, Decision.Opened opens) throws IOException, ServletException {
        UseSettler settler = new UseSettler(opens.settlement(), warnings);
        boolean returned = false;
        try {
            new OpenedRequest(paywall, opens.rule(), opens.settlement()).mark(request);
            request.setAttribute(PaidAccess.ATTRIBUTE, opens.access());
            for (Header header : opens.headers()) {
                response.setHeader(header.name(), header.value());
            }
            chain.doFilter(request, response);
            returned = true;
        } finally {
            if (returned) {
                settler.chainReturned(request, response);
            } else {
                settler.chainThrew(response);
            }
        }
    }

    /** A paid request that the application dispatched on; or that this filter sees twice, being mapped twice. */
    private void passOpened(Paywall paywall, OpenedRequest opened) throws IOException, ServletException {
        UseSettler settler = new UseSettler(opened.settlement(), warnings);
        Optional<Rule> reached = paywall.priced(Facts.path(request), request.getMethod());
        if (reached.isPresent() && !reached.get().equals(opened.rule())) {
            // A challenge here would let a client pay the two in turn for ever.
            settler.giveBack();
            warnings.warn(
                    Warnings.Kind.DISPATCH,
                    "a request paid under rule " + opened.rule().name() + " was dispatched to rule "
                            + reached.get().name()
                            + " and refused; give both paths one rule, or make one of them free");
            AnswerWriter.write(
                    Paywall.refusal(
                            Reason.MISCONFIGURED,
                            "The application dispatches this request to a path of another price. Nothing was charged."),
                    response);
            return;
        }
        boolean returned = false;
        try {
            chain.doFilter(request, response);
            returned = true;
        } finally {
            if (!returned && request.getDispatcherType() == DispatcherType.ASYNC) {
                settler.chainThrew(response);
            }
        }
    }

    /** Status and headers cannot be set in an include: a priced resource that was not paid for is left out. */
    private void passIncluded(Paywall paywall) throws IOException, ServletException {
        Optional<Rule> reached = paywall.priced(Facts.includedPath(request), request.getMethod());
        if (isOpenTo(reached, paywall)) {
            chain.doFilter(request, response);
            return;
        }
        warnings.warn(
                Warnings.Kind.DISPATCH,
                "a priced resource was included by a request that did not pay for it, and left out: rule "
                        + reached.map(Rule::name).orElse(""));
    }

    private boolean isOpenTo(Optional<Rule> reached, Paywall paywall) {
        OpenedRequest opened = OpenedRequest.of(request, paywall);
        return reached.isEmpty() || (opened != null && opened.rule().equals(reached.get()));
    }

    /** An error page is never sold, and a priced one is not given to a request that did not pay: the status stays. */
    private void passError(Paywall paywall) throws IOException, ServletException {
        Optional<Rule> reached = paywall.priced(Facts.path(request), request.getMethod());
        if (reached.isEmpty() || OpenedRequest.of(request, paywall) != null) {
            chain.doFilter(request, response);
            return;
        }
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? code
                : response.getStatus();
        AnswerWriter.write(Paywall.errorPage(status), response);
    }
}
