package org.lsat.testkit;

import java.time.Instant;
import org.lsat.Invoice;
import org.lsat.InvoiceSource;
import org.lsat.protocol.Preimage;

class FakeNodeContractTest extends InvoiceSourceContract {

    private final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");
    private final FakeNode node = new FakeNode(clock, "tb");

    @Override
    protected InvoiceSource source() {
        return node;
    }

    @Override
    protected String network() {
        return "tb";
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    @Override
    protected Preimage pay(Invoice invoice) {
        return node.preimageOf(invoice.bolt11());
    }
}
