package org.lsat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lsat.config.Settings;
import org.lsat.ledger.Ledger;
import org.lsat.ledger.LedgerUnavailableException;
import org.lsat.protocol.Bolt11;
import org.lsat.protocol.Bolt11Exception;
import org.lsat.protocol.Challenge;
import org.lsat.protocol.Macaroon;
import org.lsat.protocol.RootKeys;
import org.lsat.rules.NamedPlan;
import org.lsat.rules.Plan;
import org.lsat.rules.Price;
import org.lsat.rules.Product;
import org.lsat.rules.Rule;

/** Sells: asks the node for an invoice, checks what it gave, and signs a token over it. */
final class Challenger {

    private static final Duration SOLD_OUT_RETRY = Duration.ofMinutes(1);

    /** What an administrator has to change does not change in a second. */
    private static final Duration NOT_BY_ITSELF_RETRY = Duration.ofMinutes(1);

    private static final Duration NODE_RETRY = Duration.ofSeconds(5);

    /** A node whose clock is further ahead of ours is reported: tokens end by its clock. */
    private static final Duration MOST_CLOCK_SKEW = Duration.ofSeconds(60);

    /** It stands in two fields of the answer, and Tomcat takes 8 kB of them all. */
    private static final int MOST_CHARACTERS = 2_000;

    private final Validity validity;
    private final Settings settings;
    private final InvoiceSource invoices;
    private final Optional<InvoiceSource.StandIn> standIn;
    private final Ledger ledger;
    private final InstantSource clock;
    private final SecureRandom random;
    private final ChallengeLimiter limiter;
    private final PaywallListener listener;

    Challenger(Settings settings, Paywall.Services services, Validity validity) {
        this.validity = validity;
        this.settings = settings;
        this.invoices = services.invoices();
        this.standIn = invoices.standIn();
        this.ledger = services.ledger();
        this.clock = services.clock();
        this.random = services.random();
        this.listener = services.listener();
        this.limiter =
                new ChallengeLimiter(settings.challengesPerClient(), settings.challengesTotal(), random.nextLong());
    }

    HttpAnswer answer(Decision.PaymentNeeded needed, RequestFacts request) {
        if (standIn.isPresent() && standIn.get().localPeersOnly() && !request.localPeer()) {
            String property = standIn.get().allowRemoteProperty();
            return Answers.retryLater(
                    Reason.MISCONFIGURED,
                    "The dev wallet sells for play money, and only to clients on its own machine that come without a"
                            + " proxy. Set " + property + "=true to let others in, or choose a real backend.",
                    NOT_BY_ITSELF_RETRY);
        }
        Duration wait = limiter.take(request.clientAddress(), request.time().toEpochMilli());
        if (!wait.isZero()) {
            return Answers.retryLater(
                    Reason.TOO_MANY_CHALLENGES,
                    "Pay one of the invoices that you have, or come back later. Paid requests are not limited.",
                    wait);
        }
        // After the limit: a database is not there for whoever does not pay.
        if (needed.product().plan().isCounted()) {
            Optional<HttpAnswer> refusal = withoutLedger();
            if (refusal.isPresent()) {
                limiter.giveBack(request.clientAddress());
                return refusal.get();
            }
        }
        return sell(needed, request);
    }

    /** What is answered where no use could be counted that is sold now. */
    private Optional<HttpAnswer> withoutLedger() {
        try {
            return ledger.isNearlyFull()
                    ? Optional.of(Answers.warning(
                            Answers.retryLater(
                                    Reason.SOLD_OUT,
                                    "No more requests are sold for now. Come back later.",
                                    SOLD_OUT_RETRY),
                            Reason.SOLD_OUT,
                            "sold out: the ledger is nearly full; raise lsat.ledger.capacity (now "
                                    + settings.ledgerCapacity() + ")"))
                    : Optional.empty();
        } catch (LedgerUnavailableException e) {
            return Optional.of(Answers.ledgerUnavailable(e));
        }
    }

    /** An invoice that this client was given, or another of its network, turned out to be paid: it is no burden. */
    void paid(RequestFacts request) {
        limiter.giveBack(request.clientAddress());
    }

    private HttpAnswer sell(Decision.PaymentNeeded needed, RequestFacts request) {
        Price price = needed.price();
        try {
            Invoice invoice = invoices.create(new InvoiceRequest(
                    price.amountMsat(), settings.memoFor(needed.product()), settings.invoiceExpiry()));
            return challenge(needed, request, checked(invoice, price));
        } catch (InvoiceException e) {
            return noInvoice(request, e.retryAfter(), String.valueOf(e.getMessage()));
        } catch (Bolt11Exception e) {
            return noInvoice(request, NODE_RETRY, "the node's invoice cannot be read: " + e.getMessage());
        } catch (RuntimeException e) {
            // The contract has one failure. Whatever else somebody's implementation throws, nothing was sold.
            return noInvoice(request, NODE_RETRY, invoices.getClass().getName() + " failed: " + e);
        }
    }

    private HttpAnswer noInvoice(RequestFacts request, Duration retryAfter, String cause) {
        limiter.giveBack(request.clientAddress());
        return Answers.warning(
                Answers.retryLater(
                        Reason.NODE_UNAVAILABLE,
                        "The Lightning node gives no invoice now. Paid tokens go on working; come back later to buy one.",
                        retryAfter),
                Reason.NODE_UNAVAILABLE,
                cause);
    }

    /** A token is signed only over an invoice that is what we asked for. */
    private Bolt11 checked(Invoice invoice, Price price) throws Bolt11Exception, InvoiceException {
        Bolt11 read = Bolt11.parse(invoice.bolt11());
        Instant now = clock.instant();
        String fault = null;
        if (!read.paymentHash().equals(invoice.paymentHash())) {
            fault = "has another payment hash than the node says";
        } else if (read.amountMsat().orElse(0) != price.amountMsat()) {
            fault = "is over another amount than " + price;
        } else if (!read.network().equals(settings.invoiceNetwork())) {
            fault = "is for network " + read.network() + ", and lsat.network says " + settings.invoiceNetwork();
        } else if (!now.isBefore(read.expiresAt())) {
            fault = "has expired already; compare the node's clock with ours";
        } else if (read.expiry().compareTo(settings.invoiceExpiry()) > 0) {
            fault = "may be paid for longer than lsat.invoice.expiry=" + settings.invoiceExpiry();
        } else if (read.text().length() > MOST_CHARACTERS) {
            fault = "has " + read.text().length() + " characters, and more than " + MOST_CHARACTERS
                    + " do not fit into the header of an answer; have the node give fewer route hints";
        }
        if (fault != null) {
            throw new InvoiceException("the node's invoice " + fault, NODE_RETRY);
        }
        return read;
    }

    private HttpAnswer challenge(Decision.PaymentNeeded needed, RequestFacts request, Bolt11 invoice) {
        Product product = needed.product();
        Plan plan = product.plan();
        Price price = needed.price();
        long payUntil = invoice.expiresAt().getEpochSecond();
        long validUntil = payUntil + plan.validFor().toSeconds();
        Macaroon macaroon = validity.keys()
                .mint(
                        invoice.paymentHash(),
                        new RootKeys.Purchase(
                                product.name(), plan.uses(), plan.depositMsat(), price.amountMsat(), false),
                        validUntil,
                        random);
        String base64 = macaroon.base64();
        // A node may write capitals, as for a QR code; clients get the form that all of them read.
        String bolt11 = invoice.text().toLowerCase(Locale.ROOT);
        List<Header> headers = new ArrayList<>();
        new Challenge(base64, bolt11).values().forEach(value -> headers.add(new Header("WWW-Authenticate", value)));
        headers.add(Answers.NO_STORE);
        headers.add(Answers.PROBLEM_JSON);
        JsonObject body = Answers.body(needed.reason(), detail(product, price))
                .put("macaroon", base64)
                .put("invoice", bolt11)
                .put("paymentHash", invoice.paymentHash().hex())
                .put("amountMsat", price.amountMsat())
                .put("priceSats", price.sats())
                .put("expiresAt", Rfc3339.format(payUntil))
                .put("realm", settings.realm())
                .put(product instanceof NamedPlan ? "plan" : "rule", product.name());
        putBought(body, plan);
        body.put("validUntil", Rfc3339.format(validUntil));
        if (product instanceof NamedPlan named) {
            body.putStrings("rules", named.rules());
        } else if (product instanceof Rule rule) {
            List<NamedPlan> plans = settings.plansOf(rule);
            PlanPages.link(plans, request.contextPath()).ifPresent(headers::add);
            if (!plans.isEmpty()) {
                body.putObjects("plans", PlanPages.members(plans, request.contextPath()));
            }
        }
        standIn.ifPresent(wallet -> body.put("devWallet", request.contextPath() + wallet.payPath()));
        tell(needed, request, invoice);
        return new HttpAnswer(
                Optional.of(needed.reason()),
                needed.reason().status(),
                headers,
                body.toString(),
                clockWarning(invoice));
    }

    static void putBought(JsonObject body, Plan plan) {
        if (plan.uses() > 0) {
            body.put("uses", plan.uses());
        } else {
            body.put("uses", null);
        }
        if (plan.isBalance()) {
            body.put("depositMsat", plan.depositMsat());
        }
    }

    private void tell(Decision.PaymentNeeded needed, RequestFacts request, Bolt11 invoice) {
        if (listener != PaywallListener.NONE) {
            listener.on(new PaywallEvent.Challenged(
                    needed.product().name(),
                    invoice.paymentHash(),
                    needed.price().amountMsat(),
                    needed.reason(),
                    request.method(),
                    request.path(),
                    request.time()));
        }
    }

    /** An invoice of before may be one that came too late for who asked first, and says nothing of the node's clock. */
    private Optional<HttpAnswer.Warning> clockWarning(Bolt11 invoice) {
        Duration ahead = Duration.between(clock.instant(), invoice.timestamp());
        return ahead.compareTo(MOST_CLOCK_SKEW) > 0
                ? Optional.of(new HttpAnswer.Warning(
                        Reason.PAYMENT_REQUIRED,
                        "the node's clock is " + ahead.toMinutes() + " min ahead of ours; tokens end by the node's"))
                : Optional.empty();
    }

    private String detail(Product product, Price price) {
        String what = product.description().isEmpty() ? product.name() : product.description();
        String money = standIn.isPresent() ? " (play money of the dev wallet)" : "";
        return what + ": " + price + money + " buys " + product.plan().inWords() + " of the invoice's end."
                + " Pay the invoice, then repeat the request with the header"
                + " Authorization: L402 <macaroon>:<preimage>";
    }
}
