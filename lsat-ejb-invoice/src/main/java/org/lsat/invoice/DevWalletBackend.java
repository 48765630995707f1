package org.lsat.invoice;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.lsat.InvoiceBackend;
import org.lsat.config.ConfigReader;

/**
 * {@code lsat.backend=dev}: the {@link DevWallet}. It gives away for nothing what it asks money for, so the configuration
 * profile {@code prod} stops the deployment.
 */
public final class DevWalletBackend implements InvoiceBackend {

    private static final String NAME = "dev";
    private static final String PRODUCTION = "prod";

    /** MicroProfile Config's name of the profile, and that of the implementation that knows several at once. */
    private static final List<String> PROFILES = List.of("mp.config.profile", "smallrye.config.profile");

    /** For {@link java.util.ServiceLoader}. */
    public DevWalletBackend() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> keys() {
        return Set.of(DevWallet.ALLOW_REMOTE);
    }

    @Override
    public boolean isPlayMoney() {
        return true;
    }

    @Override
    public Opener configure(ConfigReader config) {
        for (String profile : PROFILES) {
            String active = config.text(profile).orElse("");
            if (Arrays.stream(active.split(",", -1)).map(String::strip).anyMatch(PRODUCTION::equals)) {
                config.fault(
                        "lsat.backend",
                        NAME,
                        "the dev wallet gives everything away and refuses the profile " + PRODUCTION + " (" + profile
                                + "); choose a backend that asks a real Lightning node, such as lnd");
            }
        }
        boolean allowRemote = config.flag(DevWallet.ALLOW_REMOTE, false);
        return threads -> new DevWallet(InstantSource.system(), new SecureRandom(), allowRemote);
    }
}
