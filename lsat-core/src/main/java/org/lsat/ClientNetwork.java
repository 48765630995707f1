package org.lsat;

import org.lsat.client.IpAddress;

/**
 * The network that a client's address belongs to, /24 of IPv4 and /48 of IPv6: as much as one client may be expected to
 * own, and what challenges are counted by.
 */
final class ClientNetwork {

    /** What an address that cannot be read counts as; all such clients share it. */
    static final long UNKNOWN = 0;

    private ClientNetwork() {}

    /** A number that is the same for all addresses of one network. */
    static long of(String address) {
        IpAddress parsed = IpAddress.parse(address);
        if (parsed == null) {
            return UNKNOWN;
        }
        return parsed.isV4() ? parsed.low() & ~0xffL : parsed.high() & ~0xffffL;
    }
}
