package org.lsat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Trusted proxies")
final class TrustedProxiesTest {

    private static final TrustedProxies PROXIES = of("127.0.0.1/32", "10.0.0.0/8", "::1/128", "2001:db8:aa00::/40");

    private static TrustedProxies of(String... networks) {
        return new TrustedProxies(Arrays.stream(networks)
                .map(text -> TrustedProxies.Network.parse(text).orElseThrow())
                .toList());
    }

    /** Lines are told apart by a bar. */
    private static List<String> lines(String fields) {
        return List.of(fields.split("\\|", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // Of one hop.
                "127.0.0.1; 192.0.2.7; 192.0.2.7",
                "127.0.0.1; 192.0.2.7:80; 192.0.2.7",
                "127.0.0.1; [2001:db8::7]:80; 2001:db8::7",
                "127.0.0.1; [2001:db8::7]; 2001:db8::7",
                "127.0.0.1; 2001:db8::7; 2001:db8::7",
                "127.0.0.1; fe80::7%eth0; fe80::7",
                "::1; 192.0.2.7; 192.0.2.7",
                "0:0:0:0:0:0:0:1; 192.0.2.7; 192.0.2.7",
                "::ffff:127.0.0.1; 192.0.2.7; 192.0.2.7",
                "2001:db8:aaff::1; 192.0.2.7; 192.0.2.7",
                // What a client wrote stands left of what the proxy added.
                "127.0.0.1; 6.6.6.6, 192.0.2.7; 192.0.2.7",
                "127.0.0.1; 127.0.0.1, 10.1.1.1, 192.0.2.7; 192.0.2.7",
                "127.0.0.1; garbage, 192.0.2.7; 192.0.2.7",
                "127.0.0.1; , 192.0.2.7; 192.0.2.7",
                // Of several hops.
                "127.0.0.1; 192.0.2.7, 10.2.3.4; 192.0.2.7",
                "127.0.0.1; 6.6.6.6,192.0.2.7,10.2.3.4 , 10.9.9.9; 192.0.2.7",
                "127.0.0.1; 192.0.2.7, [::1]:80, 10.2.3.4:8080; 192.0.2.7",
                "127.0.0.1; 192.0.2.7, ::ffff:10.2.3.4; 192.0.2.7",
                // Lines are one list, in order.
                "127.0.0.1; 6.6.6.6|192.0.2.7; 192.0.2.7",
                "127.0.0.1; 6.6.6.6, 192.0.2.7|10.2.3.4|10.2.3.5; 192.0.2.7",
                "127.0.0.1; |192.0.2.7; 192.0.2.7",
                // All of them trusted: the furthest.
                "127.0.0.1; 10.2.3.4; 10.2.3.4",
                "127.0.0.1; 10.2.3.4, 10.2.3.5; 10.2.3.4",
            })
    @DisplayName("name the client by the rightmost address that is not one of theirs")
    void nameTheClient(String peer, String fields, String client) {
        assertThat(PROXIES.client(peer, lines(fields))).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "127.0.0.1; unknown; 127.0.0.1",
                "127.0.0.1; ''; 127.0.0.1",
                "127.0.0.1; 192.0.2.7,; 127.0.0.1",
                "127.0.0.1; 192.0.2.7|; 127.0.0.1",
                "127.0.0.1; 192.0.2.7, unknown; 127.0.0.1",
                "127.0.0.1; 192.0.2.7, unknown, 10.2.3.4; 10.2.3.4",
                "127.0.0.1; 192.0.2.7, , 10.2.3.4; 10.2.3.4",
                "127.0.0.1; 192.0.2.7:; 127.0.0.1",
                "127.0.0.1; 192.0.2.7:x; 127.0.0.1",
                "127.0.0.1; 192.0.2.7:123456; 127.0.0.1",
                "127.0.0.1; 192.0.2.7:80:80; 127.0.0.1",
                "127.0.0.1; [::7; 127.0.0.1",
                "127.0.0.1; ::7]; 127.0.0.1",
                "127.0.0.1; [[::7]]; 127.0.0.1",
                "127.0.0.1; [::7]80; 127.0.0.1",
                "127.0.0.1; [::7]:; 127.0.0.1",
                "127.0.0.1; []; 127.0.0.1",
                "127.0.0.1; %eth0; 127.0.0.1",
                "127.0.0.1; \"192.0.2.7\"; 127.0.0.1",
                "127.0.0.1; for=192.0.2.7; 127.0.0.1",
                "127.0.0.1; client.example; 127.0.0.1",
                "127.0.0.1; 192.0.2.7 10.1.1.1; 127.0.0.1",
            })
    @DisplayName("name the nearest of theirs that is known where the next address cannot be read")
    void nameTheNearestKnownHop(String peer, String fields, String client) {
        assertThat(PROXIES.client(peer, lines(fields))).isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "11.0.0.1", "127.0.0.2", "::2", "2001:db8:ab00::1", "", "unix:", "localhost"})
    @DisplayName("do not make others believed: those are clients, whatever they forward")
    void othersAreClients(String peer) {
        assertThat(PROXIES.client(peer, List.of("10.0.0.1"))).isEqualTo(peer);
        assertThat(PROXIES.client(peer, List.of("6.6.6.6"))).isEqualTo(peer);
        assertThat(TrustedProxies.NONE.client(peer, List.of("6.6.6.6"))).isEqualTo(peer);
    }

    @Test
    @DisplayName("are the client themselves where they forward for nobody")
    void areTheClientThemselves() {
        assertThat(PROXIES.client("127.0.0.1", List.of())).isEqualTo("127.0.0.1");
    }

    @Test
    @DisplayName("are listened to for the last 8 KiB, and no longer")
    void areListenedToForSoLong() {
        String hops = "10.1.1.1,".repeat(900);
        assertThat(PROXIES.client("127.0.0.1", List.of("192.0.2.7," + hops + "10.1.1.2")))
                .isEqualTo("192.0.2.7");
        assertThat(PROXIES.client("127.0.0.1", List.of("192.0.2.7," + hops + "10.1.1.1,".repeat(100) + "10.1.1.2")))
                .isEqualTo("10.1.1.1");
        assertThat(PROXIES.client("127.0.0.1", List.of("192.0.2.7," + " ".repeat(9000) + "10.1.1.2")))
                .isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/1, 127.255.255.255, true",
        "0.0.0.0/1, 128.0.0.0, false",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.255, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "8000::/1, ffff::, true",
        "8000::/1, 7fff::, false",
        "::/1, 10.1.2.3, false",
        "2001:db8::/64, 2001:db8::ffff:ffff:ffff:ffff, true",
        "2001:db8::/64, 2001:db8:0:1::, false",
        "2001:db8::8000:0:0:0/65, 2001:db8::8000:0:0:1, true",
        "2001:db8::8000:0:0:0/65, 2001:db8::7fff:0:0:1, false",
        "2001:db8::1, 2001:db8::1, true",
    })
    @DisplayName("may be networks of any length")
    void mayBeNetworks(String network, String address, boolean inside) {
        assertThat(of(network).trust(address)).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/0",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/8/8",
                "10.0.0.0/٨",
                "10.0.0.0/0008",
                "10.0.0.1/8",
                "0.0.0.0/0",
                "::/0",
                "::/129",
                "::ffff:0:0/96",
                "2001:db8::1/64",
                "[::1]/128",
                "fe80::%eth0/64",
                "localhost",
                "proxy.example/32",
                "*",
                "10.0.0.0 /8",
            })
    @DisplayName("are neither all addresses, nor names, nor networks with an address of theirs in front")
    void areNot(String text) {
        assertThat(TrustedProxies.Network.parse(text)).isEmpty();
    }

    @Test
    @DisplayName("make of any text an address of theirs, or one that can be read")
    void makeSomethingOfAnyText() {
        Random random = new Random(402);
        String alphabet = "0123456789abf.:,[]% \t\"x|";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(24); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String client = PROXIES.client("127.0.0.1", lines(text.toString()));
            assertThat(IpAddress.parse(client))
                    .as("seed 402, round %d: %s", round, text)
                    .isNotNull();
            assertThatCode(() -> TrustedProxies.Network.parse(text.toString())).doesNotThrowAnyException();
        }
    }
}
