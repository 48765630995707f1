package org.lsat.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

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
}
