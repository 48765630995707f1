package org.lsat.servlet;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lsat.HttpAnswer;
import org.lsat.PaidAccess;

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
     * Judges the request by the path that was matched and by the resource's annotation. Judged a second time for the same
     * rule, it is not charged again.
     *
     * @param matchedPath decoded, below the context path, without path parameters
     * @param annotated the name of the rule that an annotation of the resource gives
     * @return empty if the resource may answer; else the answer instead of the resource's
     */
    public Optional<HttpAnswer> judge(String matchedPath, Optional<String> annotated) {
        return gate == null ? Optional.empty() : gate.judgeMatched(matchedPath, annotated);
    }

    /** What opened the request; empty if it is free. */
    public Optional<PaidAccess> access() {
        return gate == null ? Optional.empty() : gate.access();
    }
}
