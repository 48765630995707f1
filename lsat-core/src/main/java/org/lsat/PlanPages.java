package org.lsat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lsat.config.Settings;
import org.lsat.rules.NamedPlan;

/**
 * The paths below the context path at which the named plans are listed and sold: {@code GET /lsat/plans}, and {@code GET
 * /lsat/plans/<name>}, which is the 402 that sells one, and tells whoever has bought it what is left. Thread-safe.
 */
final class PlanPages {

    /** Tomcat takes 8 kB of all header fields, of which the invoice needs some; the body has all plans. */
    private static final int MOST_LINKS = 10;

    private static final String PATH = "/lsat/plans";

    private final Settings settings;
    private final Map<String, NamedPlan> byName;
    private final TokenJudge tokens;

    PlanPages(Settings settings, TokenJudge tokens) {
        this.settings = settings;
        this.byName =
                settings.plans().stream().collect(Collectors.toUnmodifiableMap(NamedPlan::name, Function.identity()));
        this.tokens = tokens;
    }

    /** Whether the path is one of these; none is where there is no plan. */
    boolean isOne(String path) {
        return !byName.isEmpty()
                && path.startsWith(PATH)
                && (path.length() == PATH.length() || path.charAt(PATH.length()) == '/');
    }

    Decision decide(RequestFacts request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return new Decision.Refused(
                    Answers.with(Answers.withoutReason(405), List.of(new Header("Allow", "GET, HEAD"))));
        }
        String name = request.path().length() <= PATH.length() + 1
                ? ""
                : request.path().substring(PATH.length() + 1);
        if (name.isEmpty()) {
            return new Decision.Refused(Answers.json(new JsonObject()
                    .put("realm", settings.realm())
                    .putObjects("plans", members(settings.plans(), request.contextPath()))));
        }
        NamedPlan plan = byName.get(name);
        return plan == null ? new Decision.Refused(Answers.withoutReason(404)) : tokens.judgeOwn(request, plan);
    }

    static List<JsonObject> members(List<NamedPlan> plans, String contextPath) {
        return plans.stream().map(plan -> member(plan, contextPath)).toList();
    }

    private static JsonObject member(NamedPlan plan, String contextPath) {
        JsonObject member = new JsonObject()
                .put("plan", plan.name())
                .put("description", plan.description())
                .put("amountMsat", plan.price().amountMsat())
                .put("priceSats", plan.price().sats())
                .put("buys", plan.plan().inWords());
        Challenger.putBought(member, plan.plan());
        return member.put("validForSeconds", plan.plan().validFor().toSeconds())
                .putStrings("rules", plan.rules())
                .put("url", url(plan, contextPath));
    }

    static String url(NamedPlan plan, String contextPath) {
        return contextPath + PATH + '/' + plan.name();
    }

    /** RFC 8288; the relation is IANA's: where payment is accepted. */
    static Optional<Header> link(List<NamedPlan> plans, String contextPath) {
        return plans.isEmpty()
                ? Optional.empty()
                : Optional.of(new Header(
                        "Link",
                        plans.stream()
                                .limit(MOST_LINKS)
                                .map(plan -> '<' + url(plan, contextPath) + ">; rel=\"payment\"; title=\"" + plan.name()
                                        + '"')
                                .collect(Collectors.joining(", "))));
    }
}
