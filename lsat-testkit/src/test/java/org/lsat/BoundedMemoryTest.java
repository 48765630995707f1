package org.lsat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.lsat.rules.Rule;

/** As many as {@code -Dmany=1000000}; the default is several times what the tables hold. */
@DisplayName("With a heap of 256 MB")
final class BoundedMemoryTest {

    private static final String MANY = System.getProperty("many", "200000");

    @Test
    @DisplayName(
            "many addresses, many valid tokens and many that are none are decided, and the next comer is served as the first")
    void manyOfEverything() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Crowd.class.getName(),
                        MANY)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).endsWith("served" + System.lineSeparator());
    }

    /** Runs in a virtual machine of its own. */
    static final class Crowd {

        private final Scene scene = new Scene(Map.of(
                "lsat.rules.one.free", "1/PT1H",
                "lsat.rules.pass.rate", "100/PT1S"));
        private final ComplimentaryTokens tokens =
                new ComplimentaryTokens(scene.settings::keys, Set.of(), scene.clock, new SecureRandom());
        private final Instant end = scene.clock.instant().plusSeconds(3600);

        private Crowd() {}

        public static void main(String[] arguments) {
            new Crowd().come(Integer.parseInt(arguments[0]));
            System.out.println("served");
        }

        private void come(int many) {
            for (int i = 0; i < many; i++) {
                String address = (i >>> 16 & 0xff) + "." + (i >>> 8 & 0xff) + "." + (i & 0xff) + ".1";
                require(decide(address, "/one/x", List.of()) instanceof Decision.Waived, "a newcomer's free request");
                require(decide(address, "/one/x", List.of()) instanceof Decision.PaymentNeeded, "the next one");
                String token = tokens.pass("pass", end).authorization();
                require(decide(address, "/pass/x", List.of(token)) instanceof Decision.Paid, "a valid token");
                String garbage = token.substring(0, 40) + (token.charAt(40) == 'x' ? 'y' : 'x') + token.substring(41);
                require(decide(address, "/pass/x", List.of(garbage)) instanceof Decision.PaymentNeeded, "garbage");
            }
            challenge(many);
        }

        /** Most of these are refused by the limiter. */
        private void challenge(int many) {
            Rule one = scene.settings.rule("one").orElseThrow();
            for (int i = 0; i < many; i++) {
                RequestFacts request =
                        facts("2001:db8:" + Integer.toHexString(i & 0xffff) + "::1", "/one/x", List.of());
                HttpAnswer answer = scene.paywall.challenge(
                        new Decision.PaymentNeeded(one, one.price().orElseThrow(), Reason.PAYMENT_REQUIRED), request);
                require(answer.status() == (i < 800 ? 402 : answer.status()), "one of the first challenges");
                require(answer.status() == 402 || answer.status() == 429, "a challenge");
            }
        }

        private Decision decide(String address, String path, List<String> authorization) {
            return scene.decide(facts(address, path, authorization));
        }

        private RequestFacts facts(String address, String path, List<String> authorization) {
            return new RequestFacts(
                    "GET",
                    path,
                    path,
                    "",
                    authorization,
                    List.of(),
                    null,
                    null,
                    null,
                    address,
                    false,
                    null,
                    Set.of(),
                    scene.clock.instant());
        }

        private static void require(boolean holds, String what) {
            if (!holds) {
                throw new AssertionError(what);
            }
        }
    }
}
