package org.lsat.invoice.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a provider may send us: anywhere by HTTPS, also to another host, as many do. Not into the network that we are in, though,
 * unless the provider itself is there: it would have us knock at doors that are closed to it.
 */
final class Targets {

    private static final int LONGEST = 2048;

    /** Shared between customers of a network operator (RFC 6598): 100.64.0.0/10. */
    private static final int SHARED_FIRST = 100;

    private static final int SHARED_SECOND = 64;
    private static final int SHARED_MASK = 0xc0;

    /** Unique local addresses (RFC 4193): fc00::/7. */
    private static final int UNIQUE_LOCAL = 0xfc;

    private static final int UNIQUE_LOCAL_MASK = 0xfe;

    private Targets() {}

    /** Reads an address that a provider gave; empty if it is none of HTTPS with a host, or is more than that needs. */
    static Optional<URI> parse(String text) {
        try {
            URI uri = new URI(text);
            boolean good = text.length() <= LONGEST
                    && "https".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null;
            return good ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * Looks where a host is. What it finds the JDK remembers for a while, so that the connection goes there, too; and whoever
     * answers has to prove his name by a certificate.
     *
     * @param home the provider's own
     * @throws AddressException if we do not go there
     */
    static void requireAllowed(URI target, URI home) throws AddressException {
        boolean isHome = authority(target).equals(authority(home));
        if (!isHome && isPrivate(target.getHost()) && !isPrivate(home.getHost())) {
            throw AddressException.lasting(home.getHost() + " sends us to " + target.getHost()
                    + ", which is in a private network; take another lsat.lightning-address");
        }
    }

    private static String authority(URI uri) {
        return uri.getHost().toLowerCase(Locale.ROOT) + ":" + uri.getPort();
    }

    /** A host that cannot be found here is not; what is to be said of it is said when it is called. */
    private static boolean isPrivate(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (isPrivate(address)) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean special = address instanceof Inet6Address
                ? (bytes[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL
                : bytes[0] == 0 || (bytes[0] == SHARED_FIRST && (bytes[1] & SHARED_MASK) == SHARED_SECOND);
        return special
                || address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
    }
}
