package org.lsat;

import java.util.Enumeration;
import java.util.Locale;
import org.lsat.client.IpAddress;

/**
 * Whether a request comes from this machine and from nowhere else: its peer and our own address are loopback, and no
 * header says that somebody forwarded it.
 */
public final class LocalPeer {

    private LocalPeer() {}

    /**
     * Judges one request.
     *
     * @param remoteAddress the peer's address as text, never a name
     * @param localAddress the address on which the request came in, as text
     * @param headerNames the names of all its header fields
     */
    public static boolean isLocal(String remoteAddress, String localAddress, Enumeration<String> headerNames) {
        if (!isLoopback(remoteAddress) || !isLoopback(localAddress)) {
            return false;
        }
        while (headerNames.hasMoreElements()) {
            String name = headerNames.nextElement().toLowerCase(Locale.ROOT);
            if (name.equals("forwarded") || name.equals("via") || name.startsWith("x-forwarded-")) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLoopback(String address) {
        IpAddress parsed = IpAddress.parse(address);
        return parsed != null && parsed.isLoopback();
    }
}
