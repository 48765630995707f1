package org.lsat.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class GateTest {

    private static final int AT_ONCE = 32;

    private final Gate gate = new Gate(TimeUnit.SECONDS.toNanos(1), () -> 0);

    private void fill() {
        for (int i = 0; i < AT_ONCE; i++) {
            assertThat(gate.enter()).isTrue();
        }
    }

    @Test
    void whoComesInABurstGetsThePlaceOfWhoLeaves() throws Exception {
        fill();
        CompletableFuture<Boolean> next = CompletableFuture.supplyAsync(gate::enter);
        gate.leave(true);
        assertThat(next.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whereNobodyLeavesWhoComesIsTurnedAway() {
        fill();
        assertThat(gate.enter()).isFalse();
    }

    @Test
    void aDatabaseThatFailedIsNotWaitedFor() {
        fill();
        gate.leave(false);
        assertThat(gate.enter()).isFalse();
    }
}
