package org.lsat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lsat.client.IpAddress;

@DisplayName("A client's network")
final class ClientNetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.255, true",
        "192.0.2.1, 192.0.3.1, false",
        "192.0.2.1, ::ffff:192.0.2.77, true",
        "192.0.2.1, ::FFFF:c000:2ff, true",
        "192.0.2.1, 0:0:0:0:0:ffff:192.0.2.9, true",
        "2001:db8:1::1, 2001:db8:1:ffff::2, true",
        "2001:db8:1::1, 2001:db8:2::1, false",
        "2001:db8:1::1, 2001:DB8:1:0:0:0:0:1, true",
        "2001:db8:1::1, [2001:db8:1::9], true",
        "fe80::1%eth0, fe80::2%eth1, true",
        "fe80::1%eth0, [fe80::3%25eth0], true",
        "::1, ::2, true",
        "1.2.3.4, 01.002.3.4, true"
    })
    @DisplayName("is the /24 of IPv4 and the /48 of IPv6, however the address is written")
    void isTheNetwork(String one, String other, boolean same) {
        assertThat(IpAddress.parse(one)).isNotNull();
        assertThat(IpAddress.parse(other)).isNotNull();
        assertThat(ClientNetwork.of(one) == ClientNetwork.of(other)).isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "]",
                "[]",
                "%",
                "%eth0",
                "localhost",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.-4",
                "1.2.3.",
                ".1.2.3",
                "1.2.3.4a",
                "0x7f.0.0.1",
                "2130706433",
                "1.2.3.0004",
                "٣.2.3.4",
                ":",
                ":::",
                "1::2::3",
                "::1::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "1:2:3:4:5:6:7:",
                ":1:2:3:4:5:6:7",
                "12345::",
                "g::",
                "::1.2.3",
                "::1.2.3.4.5",
                "1.2.3.4::",
                "1.2.3.4:80",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::ffff:1.2.3.400",
                "unix:/x",
                "_hidden",
                "1.2.3.4, 5.6.7.8"
            })
    @DisplayName("is shared by all whose address cannot be read")
    void isSharedByGarbage(String garbage) {
        assertThat(IpAddress.parse(garbage)).isNull();
        assertThat(ClientNetwork.of(garbage)).isEqualTo(ClientNetwork.UNKNOWN);
    }

    @Test
    @DisplayName("is read as the JDK reads addresses")
    void isReadAsTheJdkDoes() throws Exception {
        Random random = new Random(402);
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            for (int zeros = random.nextInt(bytes.length), i = 0; i < zeros; i++) {
                bytes[random.nextInt(bytes.length)] = 0;
            }
            String text = InetAddress.getByAddress(bytes).getHostAddress();
            IpAddress parsed = IpAddress.parse(text);
            assertThat(parsed).as("seed 402, round %d: %s", round, text).isEqualTo(expected(bytes));
        }
    }

    private static IpAddress expected(byte[] bytes) {
        long high = 0;
        long low = bytes.length == 4 ? 0xffff : 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes.length == 16 && i < 8) {
                high = high << 8 | (bytes[i] & 0xff);
            } else {
                low = low << 8 | (bytes[i] & 0xff);
            }
        }
        return new IpAddress(high, low);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, true",
        "127.255.0.9, ::1, true",
        "::1, 0:0:0:0:0:0:0:1, true",
        "::ffff:127.0.0.1, [::1], true",
        "::1%lo, ::1, true",
        "192.0.2.1, 127.0.0.1, false",
        "127.0.0.1, 192.0.2.1, false",
        "::, ::1, false",
        "::2, ::1, false",
        "0.0.0.0, 127.0.0.1, false",
        "localhost, 127.0.0.1, false",
        "'', 127.0.0.1, false",
        "128.0.0.1, 127.0.0.1, false",
        "::127.0.0.1, ::1, false"
    })
    @DisplayName("is this machine where peer and own address are loopback")
    void isThisMachine(String remote, String local, boolean expected) {
        assertThat(LocalPeer.isLocal(remote, local, Collections.enumeration(List.of("Host", "Accept"))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded",
                "forwarded",
                "Via",
                "VIA",
                "X-Forwarded-For",
                "x-forwarded-proto",
                "X-FORWARDED-ANYTHING"
            })
    @DisplayName("is not this machine where a header says that somebody forwarded")
    void isNotThisMachineBehindAProxy(String header) {
        assertThat(LocalPeer.isLocal("127.0.0.1", "127.0.0.1", Collections.enumeration(List.of("Host", header))))
                .isFalse();
    }
}
