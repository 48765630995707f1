package org.lsat;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lsat.rules.RequestTarget;

/**
 * All that a decision may look at.
 *
 * @param method as on the request line
 * @param path decoded, below the context path: servletPath + pathInfo
 * @param requestUri the undecoded path as it came over the wire, without the query
 * @param contextPath of the application, empty or beginning with {@code /}; without parameters, which a client wrote, since
 *     links begin with it
 * @param authorization all values of {@code Authorization}, in order
 * @param macaroons all values of {@code Macaroon}, then of {@code Grpc-Metadata-Macaroon}
 * @param query undecoded, without the {@code ?}; {@code null} where there is none. Of a dispatch its own, and after it the
 *     client's, since an application finds the parameters of both
 * @param origin the value of {@code Origin}; {@code null} where there is none
 * @param preflight of an OPTIONS request that has an {@code Origin} and asks about a method; else {@code null}
 * @param clientAddress as text: the peer's, or what trusted proxies say, see {@link org.lsat.client.TrustedProxies}
 * @param localPeer whether client and server are one machine, see {@link LocalPeer}; looked at only where
 *     {@link Paywall#servesLocalPeersOnly}
 * @param user the user's name where the container knows it; looked at only where {@link Paywall#pricesByCode}
 * @param roles of the user, those of them that {@link Paywall#roles} names
 * @param time when the request arrived
 */
public record RequestFacts(
        String method,
        String path,
        String requestUri,
        String contextPath,
        List<String> authorization,
        List<String> macaroons,
        @Nullable String query,
        @Nullable String origin,
        @Nullable Preflight preflight,
        String clientAddress,
        boolean localPeer,
        @Nullable String user,
        Set<String> roles,
        Instant time) {

    /** Leaves the parameters of the context path out. */
    public RequestFacts {
        contextPath = RequestTarget.withoutParameters(contextPath);
    }

    /** The same request, as it was matched: path and target are the matched path. */
    public RequestFacts matchedAt(String matchedPath) {
        return matchedAs(method, matchedPath);
    }

    /** The same, of a request that the application treats as one of another method, too. */
    public RequestFacts matchedAs(String matchedMethod, String matchedPath) {
        return new RequestFacts(
                matchedMethod,
                matchedPath,
                matchedPath,
                contextPath,
                authorization,
                macaroons,
                query,
                origin,
                preflight,
                clientAddress,
                localPeer,
                user,
                roles,
                time);
    }

    /** Whether a {@link PriceSource} could tell the two apart by nothing but the time. */
    boolean asksTheSameAs(RequestFacts other) {
        return method.equals(other.method)
                && path.equals(other.path)
                && Objects.equals(query, other.query)
                && Objects.equals(user, other.user);
    }

    /** The same request of a client that sent no token. */
    public RequestFacts withoutCredentials() {
        return new RequestFacts(
                method,
                path,
                requestUri,
                contextPath,
                List.of(),
                List.of(),
                query,
                origin,
                preflight,
                clientAddress,
                localPeer,
                user,
                roles,
                time);
    }

    /** Without credentials and without what a client wrote: a log may hold neither. */
    @Override
    public String toString() {
        return "RequestFacts[" + authorization.size() + " authorizations, " + macaroons.size() + " macaroons]";
    }
}
