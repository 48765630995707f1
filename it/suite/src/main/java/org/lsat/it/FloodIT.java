package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntFunction;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lsat.it.Shop.Token;

/**
 * One client that asks without end and never pays costs next to nothing, and takes nothing from others. The bar's own numbers are {@code
 * -Dflood.per-second=2000 -Dflood.time=PT60S -Dflood.percent=99}, for a machine that has nothing else to do.
 */
@ExtendWith(ArquillianExtension.class)
@NullUnmarked
class FloodIT {

    private static final int PER_SECOND = Integer.getInteger("flood.per-second", 500);
    private static final Duration TIME = Duration.parse(System.getProperty("flood.time", "PT3S"));
    private static final int PERCENT = Integer.getInteger("flood.percent", 90);
    private static final Duration BAR = Duration.ofMillis(20);

    /** {@code lsat.challenges.per-client} as it is by default. */
    private static final int BURST = 20;

    private static final double PER_SECOND_ALLOWED = 2;

    private static final Shop SHOP = Shop.at("/flooded");

    @Deployment(testable = false)
    public static WebArchive flooded() {
        Map<String, String> settings = TestWar.settings();
        settings.remove("lsat.challenges.per-client");
        settings.remove("lsat.challenges.total");
        settings.put("lsat.trusted-proxies", "127.0.0.1/32");
        return TestWar.war("flooded.war", settings);
    }

    private static void flood(IntFunction<String> headers, String newcomer) throws Exception {
        Token pass = SHOP.pay(SHOP.get("/pass/x", "X-Forwarded-For: " + newcomer));
        Flood flood =
                Flood.run(Integer.getInteger("server.http.port"), "/flooded/api/paid/x", PER_SECOND, TIME, headers);
        System.out.println(flood.answers().size() + " requests in " + flood.took() + ": " + flood.count(402)
                + " invoices; 429 within " + flood.percentile(429, 50) + ", " + flood.percentile(429, 90) + ", "
                + flood.percentile(429, 99) + " (50, 90, 99 of 100)");
        assertThat(flood.count(402) + flood.count(429))
                .isEqualTo(flood.answers().size());
        assertThat((double) flood.count(402))
                .isLessThanOrEqualTo(
                        BURST + 1 + PER_SECOND_ALLOWED * flood.took().toMillis() / 1000);
        assertThat(flood.percentile(429, PERCENT)).isLessThan(BAR);
        assertServed(pass, newcomer);
    }

    private static void assertServed(Token pass, String newcomer) throws IOException {
        assertThat(SHOP.get("/pass/x", pass.header()).status()).isEqualTo(200);
        assertThat(SHOP.get("/api/paid/x", "X-Forwarded-For: " + newcomer).status())
                .as("another client still gets its invoice")
                .isEqualTo(402);
    }

    @Test
    void oneAddressGetsItsInvoicesAndNoMore() throws Exception {
        flood(i -> "X-Forwarded-For: 203.0.113.7\r\n", "198.51.100.1");
    }

    @Test
    void whateverItSaysOfItself() throws Exception {
        flood(i -> "X-Forwarded-For: " + (1 + i % 200) + "." + i / 200 % 250 + ".9.9, 203.0.114.7\r\n", "198.51.101.1");
    }
}
