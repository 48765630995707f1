package org.lsat.jaxrs;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.PathSegment;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.lsat.HttpAnswer;
import org.lsat.PaidAccess;
import org.lsat.Paywall;
import org.lsat.Reason;
import org.lsat.servlet.MatchedGate;

/** Asks the second gate about the requests of one resource method; one instance for each. Thread-safe. */
final class MatchedFilter implements ContainerRequestFilter {

    private static final System.Logger LOG = System.getLogger("org.lsat");

    private final MethodTerms terms;
    private final boolean generated;
    private final String resource;
    private final BooleanSupplier enforced;
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * A filter.
     *
     * @param terms what annotations say of the method
     * @param generated whether Jakarta REST made the method up, as Jersey does to answer OPTIONS
     * @param resource the method's name, for messages
     * @param enforced whether anything is refused, asked where the servlet filter did not run
     */
    MatchedFilter(MethodTerms terms, boolean generated, String resource, BooleanSupplier enforced) {
        this.terms = terms;
        this.generated = generated;
        this.resource = resource;
        this.enforced = enforced;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Terms said = said(request);
        // Jakarta REST keeps the attributes of the servlet request as properties.
        Optional<MatchedGate> gate = MatchedGate.of(request.getProperty(MatchedGate.ATTRIBUTE));
        Optional<HttpAnswer> refusal = gate.isPresent() ? refusal(gate.get(), said, request) : refusalWithoutGate(said);
        if (refusal.isPresent()) {
            request.abortWith(response(refusal.get()));
        } else {
            gate.flatMap(MatchedGate::access).ifPresent(access -> introduce(access, request));
        }
    }

    private Terms said(ContainerRequestContext request) {
        List<Object> matched = request.getUriInfo().getMatchedResources();
        Terms said = terms.of(matched);
        boolean tellsMethods = generated && request.getMethod().equals("OPTIONS");
        return said.isSilent() && !tellsMethods ? terms.ofParents(matched) : said;
    }

    private static Optional<HttpAnswer> refusal(MatchedGate gate, Terms said, ContainerRequestContext request) {
        MatchedGate.Match match = match(request.getMethod(), request.getUriInfo());
        return said.kind() == Terms.Kind.CONTRADICTORY
                ? gate.misconfigured(match, said.text())
                : gate.judge(match, said.rule());
    }

    /** Without path parameters, and as it was matched: a filter before the matching may have replaced the request's own. */
    private static MatchedGate.Match match(String method, UriInfo uri) {
        String base = Objects.requireNonNullElse(uri.getBaseUri().getPath(), "/");
        String path = uri.getPathSegments().stream().map(PathSegment::getPath).collect(Collectors.joining("/"));
        return new MatchedGate.Match(method, base, path);
    }

    private Optional<HttpAnswer> refusalWithoutGate(Terms said) {
        if (!said.needsGate() || !enforced.getAsBoolean()) {
            return Optional.empty();
        }
        if (!warned.getAndSet(true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "lsat: requests for " + resource + " do not come through the servlet filter, and are refused:"
                            + " declare org.lsat.servlet.LsatFilter as the first filter of web.xml");
        }
        return Optional.of(Paywall.refusal(
                Reason.MISCONFIGURED, "The server does not ask for the price of this resource. Nothing was charged."));
    }

    /** The body always as bytes, also where there are none: an answer without entity would become an error page. */
    private static Response response(HttpAnswer answer) {
        Response.ResponseBuilder response =
                Response.status(answer.status()).entity(answer.body().getBytes(StandardCharsets.UTF_8));
        answer.headers().forEach(header -> response.header(header.name(), header.value()));
        return response.build();
    }

    private static void introduce(PaidAccess access, ContainerRequestContext request) {
        SecurityContext login = request.getSecurityContext();
        if (login == null || login.getUserPrincipal() == null) {
            request.setSecurityContext(new PaidSecurityContext(new PaidPrincipal(access), login));
        }
    }
}
