package org.lsat.client;

import java.util.List;
import java.util.Optional;

/**
 * The proxies whose {@code X-Forwarded-For} is believed. Each proxy adds the address that it was asked from at the right end, so
 * the field is read from there, and only as far as the words of trusted ones go: what stands left of that the client wrote.
 * Immutable.
 */
public final class TrustedProxies {

    /** Nobody is believed. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    /** As much of the field as is looked at, from its right end. */
    private static final int MOST_CHARS = 8192;

    private static final int BITS = 128;
    private static final int BITS_BEFORE_V4 = 96;

    private final List<Network> networks;

    /** Copies the list. */
    public TrustedProxies(List<Network> networks) {
        this.networks = List.copyOf(networks);
    }

    /**
     * A network in CIDR notation.
     *
     * @param first its first address
     * @param bits of an IPv4 network, too, of the 128
     */
    public record Network(IpAddress first, int bits) {

        /**
         * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or an address alone; empty for anything else. A network of all
         * addresses is none: whoever believes everybody lets clients choose who they are.
         */
        public static Optional<Network> parse(String text) {
            int slash = text.indexOf('/');
            String address = slash < 0 ? text : text.substring(0, slash);
            IpAddress first =
                    address.chars().anyMatch(c -> c == '%' || c == '[' || c == ']') ? null : IpAddress.parse(address);
            if (first == null) {
                return Optional.empty();
            }
            boolean shortForm = address.indexOf(':') < 0;
            int written = slash < 0 ? (shortForm ? BITS - BITS_BEFORE_V4 : BITS) : number(text.substring(slash + 1));
            int bits = shortForm && written >= 0 ? written + BITS_BEFORE_V4 : written;
            boolean narrow = bits > (first.isV4() ? BITS_BEFORE_V4 : 0) && bits <= BITS;
            return narrow && first.equals(masked(first, bits))
                    ? Optional.of(new Network(first, bits))
                    : Optional.empty();
        }

        private static int number(String digits) {
            boolean isNumber = !digits.isEmpty() && digits.length() <= 3 && isDigits(digits, 0, digits.length());
            return isNumber ? Integer.parseInt(digits) : -1;
        }

        boolean contains(IpAddress address) {
            return address.isV4() == first.isV4() && masked(address, bits).equals(first);
        }

        private static IpAddress masked(IpAddress address, int bits) {
            return new IpAddress(address.high() & mask(bits), address.low() & mask(bits - Long.SIZE));
        }

        private static long mask(int bits) {
            return bits <= 0 ? 0 : bits >= Long.SIZE ? -1 : -1L << (Long.SIZE - bits);
        }
    }

    /** Whether there are any. */
    public boolean isEmpty() {
        return networks.isEmpty();
    }

    /** Whether {@code peer}, an address as text, is one of them. */
    public boolean trust(String peer) {
        IpAddress address = networks.isEmpty() ? null : IpAddress.parse(peer);
        return address != null && trust(address);
    }

    private boolean trust(IpAddress address) {
        for (Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The address of the client: the peer's; where that is trusted, the rightmost one that was forwarded and is not. What
     * cannot be read ends the search at the last trusted one: then the client shares what that one's others get.
     *
     * @param peer its address as text
     * @param forwardedFor the values of all lines of {@code X-Forwarded-For}, in order
     */
    public String client(String peer, List<String> forwardedFor) {
        if (!trust(peer)) {
            return peer;
        }
        String known = peer;
        int room = MOST_CHARS;
        for (int i = forwardedFor.size() - 1; i >= 0; i--) {
            String line = forwardedFor.get(i);
            for (int to = line.length(); to >= 0; ) {
                int from = beginning(line, to, room);
                String text = from < 0 ? "" : bare(line.substring(from, to).strip());
                IpAddress address = IpAddress.parse(text);
                if (address == null) {
                    return known;
                }
                known = text;
                if (!trust(address)) {
                    return known;
                }
                room -= to - from + 1;
                to = from - 1;
            }
        }
        return known;
    }

    /** Where the element begins that ends at {@code to}; -1 where that is further off than there is room. */
    private static int beginning(String line, int to, int room) {
        for (int from = to; from >= 0 && to - from <= room; from--) {
            if (from == 0 || line.charAt(from - 1) == ',') {
                return from;
            }
        }
        return -1;
    }

    /** An address without port, brackets and zone; empty if it is none for certain. */
    private static String bare(String element) {
        String address = element;
        int colon = element.indexOf(':');
        if (element.startsWith("[")) {
            int bracket = element.indexOf(']');
            if (bracket < 0 || !isPort(element, bracket + 1)) {
                return "";
            }
            address = element.substring(1, bracket);
        } else if (colon >= 0 && colon == element.lastIndexOf(':')) {
            if (!isPort(element, colon)) {
                return "";
            }
            address = element.substring(0, colon);
        }
        int zone = address.indexOf('%');
        boolean nested = address.indexOf('[') >= 0 || address.indexOf(']') >= 0;
        return nested ? "" : zone < 0 ? address : address.substring(0, zone);
    }

    private static boolean isPort(String element, int from) {
        int digits = element.length() - from - 1;
        return digits == -1
                || (element.charAt(from) == ':'
                        && digits >= 1
                        && digits <= 5
                        && isDigits(element, from + 1, element.length()));
    }

    private static boolean isDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
