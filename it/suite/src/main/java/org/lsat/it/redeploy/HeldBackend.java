package org.lsat.it.redeploy;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.lsat.Invoice;
import org.lsat.InvoiceBackend;
import org.lsat.InvoiceRequest;
import org.lsat.InvoiceSource;
import org.lsat.config.ConfigReader;
import org.lsat.invoice.DevWallet;

/** {@code lsat.backend=held}: a node that does not answer for a while when it is asked for {@link #HELD_MSAT}. */
public class HeldBackend implements InvoiceBackend {

    private static final long HELD_MSAT = 7000;

    @Override
    public String name() {
        return "held";
    }

    @Override
    public Set<String> keys() {
        return Set.of();
    }

    @Override
    public boolean isPlayMoney() {
        return true;
    }

    @Override
    public Opener configure(ConfigReader config) {
        return threads -> new Node(new DevWallet(InstantSource.system(), new SecureRandom(), true));
    }

    private record Node(DevWallet wallet) implements InvoiceSource {

        @Override
        public Invoice create(InvoiceRequest request) {
            if (request.amountMsat() == HELD_MSAT) {
                Held.here();
            }
            return wallet.create(request);
        }

        @Override
        public Optional<StandIn> standIn() {
            return wallet.standIn();
        }
    }
}
