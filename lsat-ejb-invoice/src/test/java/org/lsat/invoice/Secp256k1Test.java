package org.lsat.invoice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.Security;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Secp256k1Test {

    private static final int SEED = 402;

    /** The vectors that implementations of Bitcoin share for RFC 6979 on this curve. */
    @ParameterizedTest
    @CsvSource({
        "1, Satoshi Nakamoto, 934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8,"
                + " 2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5",
        "1, 'All those moments will be lost in time, like tears in rain. Time to die...',"
                + " 8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b,"
                + " 547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21",
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140, Satoshi Nakamoto,"
                + " fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d0,"
                + " 6b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5",
        "f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181, Alan Turing,"
                + " 7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c,"
                + " 58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea",
    })
    void signsDeterministicallyWithLowS(String secret, String message, String r, String s) {
        RecoverableSignature signature = new SigningKey(new BigInteger(secret, 16)).sign(message.getBytes(UTF_8));

        assertThat(signature.r()).isEqualTo(new BigInteger(r, 16));
        assertThat(signature.s()).isEqualTo(new BigInteger(s, 16));
    }

    @Test
    void aSignatureVerifiesAndLeadsBackToItsKey() {
        Random random = new Random(SEED);
        for (int i = 0; i < 200; i++) {
            BigInteger secret = new BigInteger(255, random).add(BigInteger.ONE);
            ECPoint key = Secp256k1.publicPoint(secret);
            byte[] digest = bytes(random, 32);
            RecoverableSignature signature = Secp256k1.sign(secret, key, digest);

            assertThat(Secp256k1.isHigh(signature.s()))
                    .as("seed %d, round %d", SEED, i)
                    .isFalse();
            assertThat(Secp256k1.verify(signature, key, digest))
                    .as("seed %d, round %d", SEED, i)
                    .isTrue();
            assertThat(Secp256k1.recover(signature, digest))
                    .as("seed %d, round %d", SEED, i)
                    .contains(key);
            assertThat(RecoverableSignature.of(signature.bytes()))
                    .as("seed %d, round %d", SEED, i)
                    .isEqualTo(signature);
        }
    }

    @Test
    void aSignatureOfAnotherDigestOrKeyDoesNotVerify() {
        BigInteger secret = BigInteger.valueOf(7);
        ECPoint key = Secp256k1.publicPoint(secret);
        byte[] digest = Secp256k1.sha256("one".getBytes(UTF_8));
        byte[] other = Secp256k1.sha256("two".getBytes(UTF_8));
        RecoverableSignature signature = Secp256k1.sign(secret, key, digest);

        assertThat(Secp256k1.verify(signature, key, other)).isFalse();
        assertThat(Secp256k1.verify(signature, Secp256k1.publicPoint(BigInteger.TEN), digest))
                .isFalse();
        assertThat(Secp256k1.recover(signature, other)).isPresent().get().isNotEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "n, 1", "1, n"})
    void aHalfThatIsNoNumberOfTheGroupIsRefused(String r, String s) {
        RecoverableSignature signature = new RecoverableSignature(number(r), number(s), 0);

        assertThat(Secp256k1.verify(signature, Secp256k1.publicPoint(BigInteger.TWO), new byte[32]))
                .isFalse();
        assertThat(Secp256k1.recover(signature, new byte[32])).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4, 255})
    void aRecoveryIdOfMoreThanTwoBitsRecoversNothing(int id) {
        assertThat(Secp256k1.recover(new RecoverableSignature(BigInteger.ONE, BigInteger.ONE, id), new byte[32]))
                .isEmpty();
    }

    @Test
    void anXBeyondTheFieldRecoversNothing() {
        BigInteger r = Secp256k1.ORDER.subtract(BigInteger.ONE);

        assertThat(Secp256k1.recover(new RecoverableSignature(r, BigInteger.ONE, 2), new byte[32]))
                .isEmpty();
    }

    @Test
    void whatIsNoPointIsRefused() {
        assertThat(Secp256k1.point(new byte[32])).isEmpty();
        assertThat(Secp256k1.point(new byte[33])).isEmpty();
        byte[] withoutY = new byte[33];
        withoutY[0] = 2;
        withoutY[32] = 5;
        assertThat(Secp256k1.point(withoutY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "n"})
    void aKeyOutsideTheGroupIsRefused(String secret) {
        assertThatThrownBy(() -> new SigningKey(number(secret))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void generatingAKeySkipsNumbersOutsideTheGroup() {
        int[] calls = {0};
        RandomGenerator stubborn = new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new AssertionError("only bytes are asked for");
            }

            @Override
            public void nextBytes(byte[] bytes) {
                Arrays.fill(bytes, (byte) 0);
                switch (calls[0]++) {
                    case 0 -> {
                        // Zero, which is no key.
                    }
                    case 1 -> Arrays.fill(bytes, (byte) 0xff);
                    default -> bytes[31] = 1;
                }
            }
        };

        assertThat(SigningKey.generate(stubborn).nodeId().hex())
                .isEqualTo("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
        assertThat(calls[0]).isEqualTo(3);
    }

    @Test
    void aKeyDoesNotPrint() {
        SigningKey key = new SigningKey(BigInteger.valueOf(0x5ec2e7L));

        assertThat(key.toString()).contains(key.nodeId().hex()).doesNotContain("5ec2e7");
    }

    @Test
    void noProviderIsRegistered() {
        new SigningKey(BigInteger.ONE).sign(HexFormat.of().parseHex("00"));

        assertThat(Security.getProvider("BC")).isNull();
    }

    private static BigInteger number(String text) {
        return text.equals("n") ? Secp256k1.ORDER : new BigInteger(text);
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
