package org.lsat.invoice.address;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address at which money is received (LUD-16).
 *
 * @param user {@code a-z 0-9 - _ . +}
 * @param host of the provider, with a port where it is not 443
 */
record LightningAddress(String user, String host) {

    private static final Pattern FORM =
            Pattern.compile("([a-z0-9_.+-]{1,64})@([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(?::[0-9]{1,5})?)");

    private static final int MOST_PORT = 65_535;

    /** Reads one; empty if {@code text} is none. */
    static Optional<LightningAddress> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches() && isPort(parts.group(2))
                ? Optional.of(new LightningAddress(parts.group(1), parts.group(2)))
                        // A host that is none, such as a..b, is read, and cannot be asked.
                        .filter(address -> address.payRequest().getHost() != null)
                : Optional.empty();
    }

    private static boolean isPort(String host) {
        int colon = host.indexOf(':');
        return colon < 0 || Integer.parseInt(host.substring(colon + 1)) <= MOST_PORT;
    }

    /** Where the provider says how it is paid. */
    URI payRequest() {
        return URI.create("https://" + host + "/.well-known/lnurlp/" + user);
    }

    @Override
    public String toString() {
        return user + "@" + host;
    }
}
