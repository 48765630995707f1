package org.lsat.servlet;

import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lsat.HttpAnswer;
import org.lsat.PaidAccess;
import org.lsat.config.Settings;

/**
 * The second gate of a request: a framework that routes by itself, as Jakarta REST does, asks here once it has matched the
 * request to a resource. The filter puts it into the request's attribute {@link #ATTRIBUTE}; where there is none, the
 * filter did not run, and what costs anything must not be served. Used by the thread that runs the request.
 */
public final class MatchedGate {

    /** Name of the request attribute. */
    public static final String ATTRIBUTE = "org.lsat.servlet.MatchedGate";

    /** Of an application whose paywall is switched off. */
    static final MatchedGate OFF = new MatchedGate(null);

    private final @Nullable Gate gate;

    MatchedGate(@Nullable Gate gate) {
        this.gate = gate;
    }

    /** The gate, if this is one: only an object of this class counts. */
    public static Optional<MatchedGate> of(@Nullable Object attribute) {
        return attribute instanceof MatchedGate matched ? Optional.of(matched) : Optional.empty();
    }

    /**
     * Says that the framework has started an application, and asks. Until it is said, or asked, what it answers in an
     * application with annotated resources is withheld.
     *
     * @param place by which it serves the application, see {@link RestPlace#name}; empty where that is not told
     * @return the rules of the application; empty if the paywall is switched off
     */
    public static Optional<Settings> inForce(ServletContext context, Optional<String> place) {
        Deployment.in(context)
                .ifPresentOrElse(
                        present -> present.secondGate().started(context, place),
                        () -> place.ifPresent(name -> SecondGate.startsEarly(context, name)));
        return settings(context);
    }

    /** The {@link RestPlace#name} of a servlet. */
    public static String servletPlace(String servletName) {
        return RestServlets.servletName(servletName);
    }

    /** The {@link RestPlace#name} of a filter. */
    public static String filterPlace(String filterName) {
        return RestServlets.filterName(filterName);
    }

    /**
     * Takes care that nothing is sold any more: who paid would be refused.
     *
     * @param why for the log
     */
    public static void sellNothing(ServletContext context, String why) {
        Deployment.in(context).ifPresent(present -> present.contradictions().foundAtStart(why));
    }

    /**
     * Adds a check that runs when all servlets are known and before anything is sold; again where the server does not tell
     * at its first run.
     *
     * @param check throws {@link IllegalStateException} where the application must not start
     */
    public static void checkAtStart(ServletContext context, Runnable check) {
        Deployment.in(context).ifPresent(deployment -> deployment.checkAtStart(check));
    }

    /** The rules of the application; empty if the paywall is switched off. */
    public static Optional<Settings> settings(ServletContext context) {
        return Deployment.in(context).flatMap(Deployment::settings);
    }

    /** The paths below the context path under which Jakarta REST serves, as far as they are told. */
    public static List<RestPlace> restPlaces(ServletContext context) {
        return RestServlets.places(context);
    }

    /**
     * What a framework matched to a resource.
     *
     * @param method the one that was matched; it costs also where the request's own method, which is judged, too, is free
     * @param base decoded; what the framework takes for the application's own part of the path, context path included
     * @param path decoded, below {@code base}, without path parameters
     */
    public record Match(String method, String base, String path) {}

    /**
     * Judges the request by what was matched and by the resource's annotation. Judged a second time for the same
     * rule, it is not charged again.
     *
     * @param annotated the name of the rule that an annotation of the resource gives
     * @return empty if the resource may answer; else the answer instead of the resource's
     */
    public Optional<HttpAnswer> judge(Match match, Optional<String> annotated) {
        return gate == null ? Optional.empty() : gate.judgeMatched(match, annotated);
    }

    /**
     * The answer where the application's code contradicts itself.
     *
     * @param why for the log
     * @return empty if the paywall is switched off, or not enforced
     */
    public Optional<HttpAnswer> misconfigured(Match match, String why) {
        return gate == null || !gate.isEnforced() ? Optional.empty() : Optional.of(gate.misconfigured(match, why));
    }

    /** What opened the request; empty if it is free. */
    public Optional<PaidAccess> access() {
        return gate == null ? Optional.empty() : gate.access();
    }
}
