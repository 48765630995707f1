package org.lsat.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lsat.protocol.Bech32;
import org.lsat.protocol.Bolt11;
import org.lsat.protocol.Bolt11Exception;
import org.lsat.protocol.PaymentHash;

class Bolt11WriterTest {

    private static final int SEED = 11;
    private static final SigningKey KEY = Bolt11Vectors.KEY;
    private static final List<String> NETWORKS = List.of("bc", "tb", "tbs", "bcrt");
    private static final String HASH = "0001020304050607080900010203040506070809000102030405060708090102";
    private static final String SECRET = "11".repeat(32);

    @ParameterizedTest
    @CsvSource({
        "1, 10p",
        "99, 990p",
        "100, 1n",
        "1000, 10n",
        "10000, 100n",
        "100000, 1u",
        "250000000, 2500u",
        "2000000000, 20m",
        "100000000000, 1",
        "123456789, 1234567890p",
        "2100000000000000000, 21000000",
        "2099999999999999999, 20999999999999999990p",
    })
    void anAmountIsWrittenInTheLargestUnitThatDividesIt(long msat, String text) {
        assertThat(Bolt11Writer.amount(msat)).isEqualTo(text);
    }

    @Test
    void whatIsWrittenIsReadAgainAndSignedByOurKey() throws Bolt11Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            Bolt11Draft draft = random(random);
            Bolt11 read = Bolt11.parse(Bolt11Writer.write(draft, KEY));
            String round = "seed %d, round %d".formatted(SEED, i);

            assertThat(read.network()).as(round).isEqualTo(draft.network());
            assertThat(read.amountMsat()).as(round).isEqualTo(OptionalLong.of(draft.amountMsat()));
            assertThat(read.timestamp()).as(round).isEqualTo(draft.timestamp());
            assertThat(read.paymentHash()).as(round).isEqualTo(draft.paymentHash());
            assertThat(read.paymentSecret()).as(round).isEqualTo(draft.paymentSecret());
            assertThat(read.expiry())
                    .as(round)
                    .isEqualTo(draft.expiry() == null ? Duration.ofHours(1) : draft.expiry());
            assertThat(read.minFinalCltvExpiryDelta())
                    .as(round)
                    .isEqualTo(draft.minFinalCltvExpiryDelta() == 0 ? 18 : draft.minFinalCltvExpiryDelta());
            assertThat(read.features()).as(round).isEqualTo(BitSet.valueOf(new long[] {1 << 8 | 1 << 14}));
            assertThat(read.payee().isPresent()).as(round).isEqualTo(draft.statesPayee());
            if (draft.description() instanceof Bolt11Draft.Text text) {
                assertThat(read.description()).as(round).contains(text.text());
            } else if (draft.description() instanceof Bolt11Draft.Hash hash) {
                assertThat(read.descriptionHash()).as(round).contains(hash.hex());
            }
            assertThat(Bolt11Signature.payee(read)).as(round).isEqualTo(KEY.nodeId());
        }
    }

    @Test
    void aDamagedInvoiceIsRefusedOrReadAndNothingElseHappens() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            String text = Bolt11Writer.write(random(random), KEY);
            String damaged = damaged(text, random);
            try {
                Bolt11 read = Bolt11.parse(damaged);
                assertThat(Bolt11Signature.payee(read))
                        .as("seed %d, round %d", SEED, i)
                        .isNotEqualTo(KEY.nodeId());
            } catch (Bolt11Exception e) {
                assertThat(e).as("seed %d, round %d", SEED, i).hasMessageStartingWith("not a BOLT 11 invoice: ");
            }
        }
    }

    @Test
    void aStatedPayeeWhoDidNotSignIsRefused() throws Bolt11Exception {
        Bolt11 stated = Bolt11.parse(Bolt11Writer.write(stating(), KEY));
        byte[] words = words(stated.text());
        // The same words under another's signature.
        byte[] signature = Bech32.words(
                new SigningKey(BigInteger.TEN).sign(stated.signedBytes()).bytes());
        System.arraycopy(signature, 0, words, words.length - signature.length, signature.length);

        assertThatThrownBy(() -> Bolt11Signature.payee(Bolt11.parse(text(words))))
                .isInstanceOf(Bolt11Exception.class)
                .hasMessageContaining("not the payee's");
    }

    @Test
    void aStatedPayeeMakesTheRecoveryIdMeaningless() throws Bolt11Exception {
        byte[] words = words(Bolt11Writer.write(stating(), KEY));
        words[words.length - 1] ^= 1;

        assertThat(Bolt11Signature.payee(Bolt11.parse(text(words)))).isEqualTo(KEY.nodeId());
    }

    @Test
    void aStatedPayeeThatIsNoPointIsRefused() throws Bolt11Exception {
        String text = Bolt11Writer.write(stating(), KEY);
        byte[] words = words(text);
        byte[] point = Bech32.words(HexFormat.of().parseHex(KEY.nodeId().hex()));
        int at = indexOf(words, point);
        words[at] = 31;

        assertThatThrownBy(() -> Bolt11Signature.payee(Bolt11.parse(text(words))))
                .isInstanceOf(Bolt11Exception.class)
                .hasMessageContaining("no point of the curve");
    }

    @Test
    void numbersTakeNoMoreWordsThanTheyNeed() {
        Bolt11Draft draft = new Bolt11Draft(
                "bc",
                0,
                Instant.EPOCH,
                PaymentHash.ofHex(HASH),
                SECRET,
                new Bolt11Draft.Text(""),
                Duration.ofSeconds(31),
                32,
                false);

        // x: length 1, 31; c: length 2, 1 and 0.
        assertThat(Bolt11Writer.write(draft, KEY)).contains("dqqxqplcqzpq9qrsgq");
    }

    @Test
    void whatTheFormatCannotHoldIsRefused() {
        assertThatThrownBy(() -> new Bolt11Draft.Text("ü".repeat(320))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> draft(-1, Instant.EPOCH, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> draft(2_100_000_000_000_000_001L, Instant.EPOCH, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> draft(1, Instant.ofEpochSecond(-1), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> draft(1, Instant.ofEpochSecond(1L << 35), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> draft(1, Instant.EPOCH, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Bolt11Draft draft(long amountMsat, Instant timestamp, int delta) {
        return new Bolt11Draft(
                "bc",
                amountMsat,
                timestamp,
                PaymentHash.ofHex(HASH),
                SECRET,
                new Bolt11Draft.Text("coffee"),
                null,
                delta,
                false);
    }

    private static Bolt11Draft stating() {
        return new Bolt11Draft(
                "bc",
                1000,
                Instant.ofEpochSecond(1_760_000_000),
                PaymentHash.ofHex(HASH),
                SECRET,
                new Bolt11Draft.Text("coffee"),
                null,
                0,
                true);
    }

    private static Bolt11Draft random(Random random) {
        return new Bolt11Draft(
                NETWORKS.get(random.nextInt(NETWORKS.size())),
                amount(random),
                Instant.ofEpochSecond(random.nextLong() >>> 29),
                PaymentHash.ofHex(hex(random)),
                hex(random),
                random.nextInt(4) > 0
                        ? new Bolt11Draft.Text("1 cup ☕ of ".repeat(random.nextInt(49)))
                        : new Bolt11Draft.Hash(hex(random)),
                random.nextBoolean() ? Duration.ofSeconds(random.nextLong() >>> (29 + random.nextInt(35))) : null,
                random.nextInt(30) < 3 ? 0 : random.nextInt(1 << 20),
                random.nextBoolean());
    }

    /** All magnitudes from 1 msat to 21 million bitcoin; above a million in what the reader's 18 digits can say. */
    private static long amount(Random random) {
        long max = 21_000_000L * 100_000_000_000L;
        long any = 1 + (random.nextLong() >>> (2 + random.nextInt(60))) % max;
        long unit = any >= 100_000_000_000_000_000L ? 100 : 1;
        return any - any % unit;
    }

    private static String hex(Random random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Some of its words exchanged; the checksum mostly put right, so that the damage gets past it. */
    private static String damaged(String text, Random random) {
        byte[] words = words(text);
        byte[] before = words.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            // Not the last two: where the payee is stated, the recovery id means nothing.
            words[random.nextInt(words.length - 2)] = (byte) random.nextInt(32);
        }
        if (Arrays.equals(before, words)) {
            words[0] ^= 1;
        }
        String again = text(text.substring(0, text.lastIndexOf('1')), words);
        return random.nextInt(8) == 0 ? again.substring(random.nextInt(again.length())) : again;
    }

    private static byte[] words(String text) {
        String alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
        String data = text.substring(text.lastIndexOf('1') + 1, text.length() - 6);
        byte[] words = new byte[data.length()];
        for (int i = 0; i < words.length; i++) {
            words[i] = (byte) alphabet.indexOf(data.charAt(i));
        }
        return words;
    }

    private static String text(byte[] words) {
        return text("lnbc10n", words);
    }

    private static String text(String prefix, byte[] words) {
        return new Bech32(prefix, new Bech32.Words(words)).encode();
    }

    private static int indexOf(byte[] all, byte[] part) {
        int at = 0;
        while (!Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
            at++;
        }
        return at;
    }
}
