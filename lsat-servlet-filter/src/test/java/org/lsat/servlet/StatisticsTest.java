package org.lsat.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.lsat.PaywallEvent;
import org.lsat.Reason;
import org.lsat.protocol.PaymentHash;

class StatisticsTest {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    /** As Tomcat's parallel deployment has it: two versions of an application at one path. */
    @Test
    void whoIsNotShownByJmxTakesNothingAwayFromWhoIs() throws Exception {
        ObjectName name = new ObjectName("org.lsat:type=Paywall,application=\"localhost/shop/\"");
        Statistics first = Statistics.register(NotRunning.INSTANCE, RevocationsTest.ofNone(), "localhost/shop/");
        Statistics second = Statistics.register(NotRunning.INSTANCE, RevocationsTest.ofNone(), "localhost/shop/");

        second.close();
        assertThat(server.isRegistered(name)).isTrue();
        first.close();
        assertThat(server.isRegistered(name)).isFalse();
    }

    @Test
    void aTokenThatDidNotOpenIsARefusalByItsReasonAndAFirstRequestIsNone() {
        try (Statistics statistics =
                Statistics.register(NotRunning.INSTANCE, RevocationsTest.ofNone(), "localhost/refusing/")) {
            for (Reason reason : new Reason[] {Reason.PAYMENT_REQUIRED, Reason.USED_UP, Reason.USED_UP}) {
                statistics.on(new PaywallEvent.Challenged(
                        "forecast", new PaymentHash(1, 2, 3, 4), 1000, reason, "GET", "/x", Instant.EPOCH));
            }
            statistics.on(new PaywallEvent.Refused(Reason.BAD_TARGET, "GET", "/x", Instant.EPOCH));
            assertThat(statistics.getChallenges()).isEqualTo(Map.of("forecast", 3L));
            assertThat(statistics.getRefusals()).isEqualTo(Map.of("used-up", 2L, "bad-target", 1L));
        }
    }
}
