package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Unpaid requests are limited by the client that a trusted proxy names, and by nothing that a client says of itself. */
@ExtendWith(ArquillianExtension.class)
@NullUnmarked
class TrustedProxiesIT {

    private static final int PERMITS = 3;
    private static final String IGNORED = "127.0.0.1 sends X-Forwarded-For and is not in lsat.trusted-proxies";

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "proxied", managed = false, testable = false)
    public static WebArchive proxied() {
        return war("proxied", Map.of("lsat.trusted-proxies", "127.0.0.1/32,10.0.0.0/8,::1/128"));
    }

    @Deployment(name = "unproxied", managed = false, testable = false)
    public static WebArchive unproxied() {
        return war("unproxied", Map.of());
    }

    private static WebArchive war(String name, Map<String, String> more) {
        Map<String, String> settings = TestWar.settings();
        settings.put("lsat.challenges.per-client", PERMITS + "/PT1H");
        settings.put("lsat.rules.pass.free", "1/PT1H");
        settings.putAll(more);
        return TestWar.war(name + ".war", settings);
    }

    private static int status(Shop shop, String... lines) throws IOException {
        String[] headers = new String[lines.length];
        for (int i = 0; i < lines.length; i++) {
            headers[i] = "X-Forwarded-For: " + lines[i];
        }
        return shop.get("/api/paid/x", headers).status();
    }

    private static void useUp(Shop shop, String... lines) throws IOException {
        for (int i = 0; i < PERMITS; i++) {
            assertThat(status(shop, lines)).isEqualTo(402);
        }
        assertThat(status(shop, lines)).isEqualTo(429);
    }

    @Test
    void aClientBehindATrustedProxyIsCountedByItsOwnAddressWhateverItForges() throws IOException {
        int ignored = ServerLog.count(IGNORED);
        deployer.deploy("proxied");
        try {
            Shop shop = Shop.at("/proxied");
            useUp(shop, "203.0.113.7");
            for (String forged : new String[] {"6.6.6.6", "127.0.0.1", "10.1.1.1, 8.8.8.8", "unknown", ""}) {
                assertThat(status(shop, forged + ", 203.0.113.7")).as(forged).isEqualTo(429);
                assertThat(status(shop, forged, "203.0.113.7:4711")).as(forged).isEqualTo(429);
                assertThat(status(shop, forged + ",203.0.113.7, 10.2.3.4", "10.2.3.5:80"))
                        .as(forged)
                        .isEqualTo(429);
            }
            assertThat(status(shop, "203.0.113.200")).as("of the same network").isEqualTo(429);

            useUp(shop, "203.0.114.7, 10.2.3.4");
            useUp(shop, "6.6.6.6, [2001:db8:1::7]:4711");
            assertThat(status(shop, "2001:db8:1:ffff::9, ::1")).isEqualTo(429);

            // Who cannot be told counts as the proxy, as it does itself.
            useUp(shop);
            assertThat(status(shop, "6.6.6.6, unknown")).isEqualTo(429);
            assertThat(status(shop, "6.6.6.6,")).isEqualTo(429);

            // So is what is given away.
            for (String client : new String[] {"192.0.2.1", "198.51.100.1", "2001:db8:2::7"}) {
                String forwarded = "X-Forwarded-For: 6.6.6.6, " + client;
                assertThat(shop.get("/pass/x", forwarded).status()).isEqualTo(200);
                assertThat(shop.get("/pass/x", forwarded).status()).isEqualTo(402);
                assertThat(shop.get("/pass/x", "X-Forwarded-For: 7.7.7.7, " + client)
                                .status())
                        .isEqualTo(402);
            }
        } finally {
            deployer.undeploy("proxied");
        }
        assertThat(ServerLog.count(IGNORED)).isEqualTo(ignored);
    }

    @Test
    void withoutATrustedProxyTheFieldIsIgnoredAndTheLogSaysSoOnce() throws IOException {
        int ignored = ServerLog.count(IGNORED);
        deployer.deploy("unproxied");
        try {
            Shop shop = Shop.at("/unproxied");
            for (int i = 0; i < PERMITS; i++) {
                assertThat(status(shop, "203.0." + i + ".7")).isEqualTo(402);
            }
            for (int i = 0; i < 20; i++) {
                assertThat(status(shop, "198.51." + i + ".7")).isEqualTo(429);
            }
            assertThat(status(shop)).isEqualTo(429);
            assertThat(shop.get("/pass/x", "X-Forwarded-For: 203.0.1.7").status())
                    .isEqualTo(200);
            assertThat(shop.get("/pass/x", "X-Forwarded-For: 203.0.2.7").status())
                    .isEqualTo(429);
            Await.until("the log says so", () -> ServerLog.count(IGNORED) > ignored);
        } finally {
            deployer.undeploy("unproxied");
        }
        assertThat(ServerLog.count(IGNORED)).isEqualTo(ignored + 1);
    }
}
