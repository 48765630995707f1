package org.lsat.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import org.lsat.client.IpAddress;
import org.lsat.client.TrustedProxies;

/** Whom requests come from, also through proxies. Thread-safe. */
final class Clients {

    private static final System.Logger LOG = System.getLogger("org.lsat");
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final TrustedProxies trusted;

    /** Once, since anybody may send the field. */
    private final AtomicBoolean reported = new AtomicBoolean();

    Clients(TrustedProxies trusted) {
        this.trusted = trusted;
    }

    String addressOf(HttpServletRequest request) {
        String peer = request.getRemoteAddr() == null ? "" : request.getRemoteAddr();
        if (trusted.trust(peer)) {
            return trusted.client(peer, Facts.values(request, FORWARDED_FOR));
        }
        if (!reported.get() && request.getHeader(FORWARDED_FOR) != null && reported.compareAndSet(false, true)) {
            report(peer);
        }
        return peer;
    }

    private static void report(String peer) {
        // Some servers have already put what the field says into the peer's place, and it may be any text.
        String known = IpAddress.parse(peer) == null ? "somebody" : peer;
        LOG.log(
                System.Logger.Level.WARNING,
                "lsat: " + known + " sends " + FORWARDED_FOR
                        + " and is not in lsat.trusted-proxies: the field is ignored,"
                        + " and unpaid requests are limited as those of " + known
                        + ". Add it if it is a proxy of yours; all who come by it share one limit else. This is said"
                        + " once");
    }
}
