package org.lsat.it.cdi;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.lsat.Invoice;
import org.lsat.InvoiceBackend;
import org.lsat.InvoiceRequest;
import org.lsat.InvoiceSource;
import org.lsat.config.ConfigReader;
import org.lsat.invoice.DevWallet;

/** {@code lsat.backend=probe}: says in the log when it is opened, with which threads, and when it is closed. */
public class ProbeBackend implements InvoiceBackend {

    private static final System.Logger LOG = System.getLogger("org.lsat.it");

    @Override
    public String name() {
        return "probe";
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
        return Probe::new;
    }

    private static final class Probe implements InvoiceSource, AutoCloseable {

        private final DevWallet wallet = new DevWallet(InstantSource.system(), new SecureRandom(), true);
        private final @Nullable ScheduledExecutorService threads;

        Probe(@Nullable ScheduledExecutorService threads) {
            this.threads = threads;
            LOG.log(System.Logger.Level.INFO, "probe: opened " + (threads == null ? "without" : "with") + " threads");
        }

        @Override
        public Invoice create(InvoiceRequest request) {
            if (threads != null) {
                threads.execute(() -> LOG.log(System.Logger.Level.INFO, "probe: a thread ran"));
            }
            return wallet.create(request);
        }

        @Override
        public Optional<StandIn> standIn() {
            return wallet.standIn();
        }

        @Override
        public void close() {
            LOG.log(System.Logger.Level.INFO, "probe: closed");
        }
    }
}
