package org.lsat;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Garbage is what a paid request costs a busy server; time is measured by the benchmarks, not here. */
@DisplayName("Bytes allocated for a request that brings a token")
final class AllocationTest {

    private static final int WARM_UP = 30_000;
    private static final int MEASURED = 20_000;
    private static final long MOST = 2_560;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Scene scene = new Scene();

    private long bytesPerDecision(RequestFacts request) {
        for (int i = 0; i < WARM_UP; i++) {
            scene.paywall.decide(request);
        }
        long self = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(self);
        for (int i = 0; i < MEASURED; i++) {
            scene.paywall.decide(request);
        }
        return (threads.getThreadAllocatedBytes(self) - before) / MEASURED;
    }

    @Test
    @DisplayName("are at most 2 560 for a pass with three caveats, and fewer for a wrong preimage")
    void areFew() {
        Scene.Bought pass = scene.buy("/pass/x");
        String narrowed = pass.narrowed("pass_capabilities=GET");
        String unpaid = narrowed.substring(0, narrowed.lastIndexOf(':') + 1) + "00".repeat(32);
        long opened = bytesPerDecision(scene.request("GET", "/pass/x", List.of(narrowed)));
        long refused = bytesPerDecision(scene.request("GET", "/pass/x", List.of(unpaid)));
        System.out.printf(
                "allocated per decision: pass with 3 caveats %d bytes, wrong preimage %d bytes%n", opened, refused);
        assertThat(opened).isLessThanOrEqualTo(MOST);
        assertThat(refused).isLessThan(opened);
    }
}
