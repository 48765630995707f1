package org.lsat.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("HMAC-SHA256 by hand")
final class HmacSha256Test {

    @Test
    @DisplayName("is the JDK's, for keys and messages of any length, also where output and input are one array")
    void isTheJdks() throws Exception {
        Random random = new Random(402);
        HmacSha256 worker = new HmacSha256();
        for (int round = 0; round < 500; round++) {
            byte[] key = new byte[1 + random.nextInt(100)];
            byte[] message = new byte[32 + random.nextInt(200)];
            random.nextBytes(key);
            random.nextBytes(message);
            byte[] out = new byte[HmacSha256.LENGTH];
            worker.mac(new HmacSha256.Key(key), message, 5, message.length - 5, out);
            assertThat(out)
                    .as("seed 402, round %d", round)
                    .isEqualTo(jdk(key, Arrays.copyOfRange(message, 5, message.length)));

            byte[] key32 = Arrays.copyOf(key, 32);
            byte[] expected = jdk(key32, message);
            worker.mac(key32, message, 0, message.length, key32);
            assertThat(key32).as("seed 402, round %d, in place", round).isEqualTo(expected);
        }
    }

    private static byte[] jdk(byte[] key, byte[] message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }
}
