package org.lsat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lsat.config.CorsPolicy;

/** The fields of the CORS protocol (Fetch standard, section 3.2) that answers carry. */
final class Cors {

    private static final Header VARY = new Header("Vary", "Origin");
    private static final Header EXPOSE = new Header(
            "Access-Control-Expose-Headers",
            "WWW-Authenticate, Retry-After, Link, L402-Uses-Left, L402-Balance-Msat, L402-Free-Left, L402-Valid-Until");

    /** For so long a browser need not ask again. */
    private static final Header MAX_AGE = new Header("Access-Control-Max-Age", "600");

    private static final String DEFAULT_HEADERS = "Authorization, Content-Type, Macaroon";
    private static final int MOST_HEADERS = 1024;

    private final CorsPolicy policy;

    Cors(CorsPolicy policy) {
        this.policy = policy;
    }

    boolean leavesPreflights() {
        return policy.leftToApplication();
    }

    /** Whether the fields differ from one origin to the next, which caches have to know. */
    boolean dependOnOrigin() {
        return !policy.origins().isEmpty() && !policy.origins().contains(CorsPolicy.ANY);
    }

    /** For answers of ours. */
    List<Header> fields(RequestFacts request) {
        String origin = request.origin();
        if (origin == null || !policy.allows(origin)) {
            return dependOnOrigin() ? List.of(VARY) : List.of();
        }
        List<Header> fields = new ArrayList<>(6);
        fields.add(new Header("Access-Control-Allow-Origin", dependOnOrigin() ? origin : CorsPolicy.ANY));
        if (dependOnOrigin()) {
            fields.add(VARY);
        }
        Preflight preflight = request.preflight();
        if (preflight == null) {
            fields.add(EXPOSE);
        } else {
            fields.add(new Header(
                    "Access-Control-Allow-Methods", isList(preflight.method()) ? preflight.method() : "GET"));
            fields.add(new Header(
                    "Access-Control-Allow-Headers",
                    isList(preflight.headers()) ? preflight.headers() : DEFAULT_HEADERS));
            fields.add(MAX_AGE);
        }
        return fields;
    }

    /** For answers of the application. */
    List<Header> applicationFields(RequestFacts request) {
        return policy.leftToApplication() ? List.of() : fields(request);
    }

    /** Tokens of RFC 9110, commas and spaces: nothing else of a client is repeated in an answer. */
    private static boolean isList(@Nullable String text) {
        return text != null
                && !text.isEmpty()
                && text.length() <= MOST_HEADERS
                && text.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || "!#$%&'*+-.^_`|~, ".indexOf(c) >= 0);
    }
}
