package org.lsat.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lsat.client.TrustedProxies;

/** Reads {@code lsat.trusted-proxies}. */
final class ProxiesReader {

    private static final String PROXIES = "lsat.trusted-proxies";

    private ProxiesReader() {}

    static TrustedProxies read(ConfigReader config) {
        List<TrustedProxies.Network> networks = new ArrayList<>();
        for (String text : config.text(PROXIES).orElse("").split(",", -1)) {
            Optional<TrustedProxies.Network> network = TrustedProxies.Network.parse(text.strip());
            if (network.isEmpty() && config.text(PROXIES).isPresent()) {
                config.fault(
                        PROXIES,
                        text.strip(),
                        "addresses and networks of proxies, comma-separated: 127.0.0.1, 10.0.0.0/8, 2001:db8::/32;"
                                + " of a network the first address, and not a network of all addresses");
            }
            network.ifPresent(networks::add);
        }
        return networks.isEmpty() ? TrustedProxies.NONE : new TrustedProxies(networks);
    }
}
