package org.lsat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a decision may look at.
 *
 * @param method as on the request line
 * @param path decoded, below the context path: servletPath + pathInfo
 * @param requestUri the undecoded path as it came over the wire, without the query
 * @param contextPath of the application, empty or beginning with {@code /}
 * @param authorization all values of {@code Authorization}, in order
 * @param macaroons all values of {@code Macaroon}, then of {@code Grpc-Metadata-Macaroon}
 * @param preflightMethod {@code Access-Control-Request-Method} of an OPTIONS request that also has an {@code Origin};
 *     else {@code null}
 * @param clientAddress the peer's address as text
 * @param localPeer whether client and server are one machine, see {@link LocalPeer}; looked at only where
 *     {@link Paywall#servesLocalPeersOnly}
 * @param time when the request arrived
 */
public record RequestFacts(
        String method,
        String path,
        String requestUri,
        String contextPath,
        List<String> authorization,
        List<String> macaroons,
        @Nullable String preflightMethod,
        String clientAddress,
        boolean localPeer,
        Instant time) {

    /** Without credentials and without what a client wrote: a log may hold neither. */
    @Override
    public String toString() {
        return "RequestFacts[" + authorization.size() + " authorizations, " + macaroons.size() + " macaroons]";
    }
}
