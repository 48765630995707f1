package org.lsat;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lsat.config.Settings;
import org.lsat.rules.DispatchedPath;
import org.lsat.rules.PathPattern;
import org.lsat.rules.Price;
import org.lsat.rules.PriceTable;
import org.lsat.rules.RequestTarget;
import org.lsat.rules.Rule;

/** Finds the rule of a request, and what it asks. Immutable, thread-safe. */
final class RequestPrices {

    private final PriceTable table;
    private final Map<String, Rule> byName;
    private final Optional<PriceSource> source;
    private final Optional<String> payPath;

    RequestPrices(Settings settings, Optional<PriceSource> source, Optional<String> payPath) {
        this.table = settings.prices();
        this.byName = settings.rules().stream().collect(Collectors.toUnmodifiableMap(Rule::name, rule -> rule));
        this.source = source;
        this.payPath = payPath;
    }

    /** Where a stand-in for a node is paid, which costs nothing. */
    boolean isPayPath(String path) {
        return payPath.isPresent() && payPath.get().equals(path);
    }

    /** See {@link Paywall#priced}. */
    Optional<Rule> priced(String path, String requestUri, String method) {
        Optional<Rule> priced = pricedLiterally(path, requestUri, method);
        return priced.isEmpty() && DispatchedPath.isAmbiguous(path)
                ? pricedLiterally(DispatchedPath.mostLenient(path), requestUri, method)
                : priced;
    }

    private Optional<Rule> pricedLiterally(String path, String requestUri, String method) {
        Optional<Rule> rule = rule(path, RequestTarget.withoutParameters(requestUri), method);
        return rule.isPresent() && (rule.get().isFree() || isPayPath(path)) ? Optional.empty() : rule;
    }

    private Optional<Rule> rule(String path, String requestUri, String method) {
        if (requestUri.endsWith("/") && !path.endsWith("/")) {
            Optional<Rule> directory = table.rule(directory(path, requestUri), method);
            if (directory.isPresent() && isExact(directory.get())) {
                return directory;
            }
        }
        return table.rule(path, method);
    }

    private static boolean isExact(Rule rule) {
        return rule.path().isPresent() && rule.path().get().kind() == PathPattern.Kind.EXACT;
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

    /** The one rule that a matched request falls under, or why there is none to be told. */
    record Reached(Optional<Rule> rule, Optional<String> fault) {}

    Reached reached(RequestFacts matched, Optional<String> annotated) {
        Optional<Rule> byPath = priced(matched.path(), matched.requestUri(), matched.method());
        if (annotated.isEmpty()) {
            return new Reached(byPath, Optional.empty());
        }
        Rule rule = byName.get(annotated.get());
        if (rule == null) {
            return new Reached(
                    Optional.empty(),
                    Optional.of("an annotated resource names rule " + annotated.get()
                            + ", which was not known at deployment; add lsat.rules." + annotated.get() + ".price"));
        }
        if (!rule.covers(matched.method()) || rule.isFree()) {
            return new Reached(byPath, Optional.empty());
        }
        return byPath.isEmpty() || byPath.get().equals(rule)
                ? new Reached(Optional.of(rule), Optional.empty())
                : new Reached(
                        Optional.empty(),
                        Optional.of("a resource annotated with rule " + rule.name() + " lies under the path of rule "
                                + byPath.get().name() + "; give both one name"));
    }

    /**
     * What a request of a rule costs now.
     *
     * @throws RuntimeException if its {@link PriceSource} has no price for it
     */
    Price price(Rule rule, RequestFacts request) {
        if (rule.price().isPresent()) {
            return rule.price().get();
        }
        return Objects.requireNonNull(
                source.orElseThrow(() -> new IllegalStateException("there is none"))
                        .price(new PriceRequest(
                                rule.name(),
                                request.method(),
                                request.path(),
                                Optional.ofNullable(request.query()),
                                Optional.ofNullable(request.user()),
                                request.time())),
                "null");
    }
}
