package org.lsat.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lsat.protocol.Tokens.keys;
import static org.lsat.protocol.Tokens.mint;
import static org.lsat.protocol.Tokens.paid;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Root keys (wire.md section 5)")
final class RootKeysTest {

    private static byte keyId(Macaroon macaroon) {
        return Identifier.ofGenuine(macaroon).tokenId().keyId();
    }

    @Test
    @DisplayName("a secret that was rotated away still verifies while it is listed, and no longer")
    void previousSecretsVerifyWhileTheyAreListed() {
        Macaroon sold = mint(keys(1), 0);
        assertThat(keys(1).isGenuine(paid(sold))).isTrue();
        assertThat(keys(2, 1).isGenuine(paid(sold))).isTrue();
        assertThat(keys(5, 4, 3, 2, 1).isGenuine(paid(sold))).isTrue();
        assertThat(keys(2).isGenuine(paid(sold))).isFalse();
    }

    @Test
    @DisplayName("only the present secret mints")
    void onlyThePresentSecretMints() {
        Macaroon sold = mint(keys(2, 1), 0);
        assertThat(keys(2).isGenuine(paid(sold))).isTrue();
        assertThat(keys(1).isGenuine(paid(sold))).isFalse();
        assertThat(keyId(sold)).isEqualTo(keyId(mint(keys(2), 0)));
    }

    @Test
    @DisplayName("two secrets that share a key id are both tried")
    void secretsThatShareAKeyIdAreBothTried() {
        Map<Byte, Integer> seen = new HashMap<>();
        for (int secret = 0; ; secret++) {
            Integer twin = seen.putIfAbsent(keyId(mint(keys(secret), 0)), secret);
            if (twin != null) {
                assertThat(keys(secret, twin).isGenuine(paid(mint(keys(twin), 0))))
                        .isTrue();
                assertThat(keys(twin, secret).isGenuine(paid(mint(keys(twin), 0))))
                        .isTrue();
                assertThat(keys(secret).isGenuine(paid(mint(keys(twin), 0)))).isFalse();
                return;
            }
        }
    }

    @Test
    @DisplayName("realms and networks that share a secret do not open each other's doors, wherever one name ends")
    void realmsAndNetworksAreSeparate() {
        List<RootKeys> doors = new ArrayList<>();
        for (String[] names :
                new String[][] {{"a", "bc"}, {"ab", "c"}, {"a", "bcrt"}, {"b", "bc"}, {"a", "dev"}, {"a", "tb"}}) {
            doors.add(RootKeys.derive(names[0], names[1], Tokens.secret(1), List.of()));
        }
        for (RootKeys minting : doors) {
            Macaroon sold = mint(minting, 0);
            assertThat(doors).filteredOn(keys -> keys.isGenuine(paid(sold))).containsExactly(minting);
        }
    }

    @Test
    @DisplayName("every token has a key of its own")
    void everyTokenHasAKeyOfItsOwn() {
        Macaroon first = mint(keys(1), 0);
        Macaroon second = keys(1).mint(
                        Tokens.PREIMAGE.hash(),
                        new RootKeys.Purchase(Tokens.PRODUCT, 0, 10_000),
                        Tokens.END,
                        new Random(99));
        byte[] mixed = second.bytes();
        System.arraycopy(first.signature(), 0, mixed, mixed.length - 32, 32);
        assertThat(first.signature()).isNotEqualTo(second.signature());
        assertThat(keys(1).isGenuine(paid(Tokens.decode(mixed)))).isFalse();
    }

    @Test
    @DisplayName("a token is genuine only with the preimage of its payment")
    void onlyWithThePreimageOfItsPayment() {
        assertThat(keys(1).isGenuine(new Credential(mint(keys(1), 0), Tokens.preimage(1))))
                .isFalse();
    }

    /** A token that is signed with the very key that we would derive, so that only its form can be at fault. */
    private static Credential signedWithOurKey(byte[] tokenId) {
        byte[] realmKey = RootKeys.realmKeyBytes(Tokens.REALM, Tokens.NETWORK, Tokens.secret(1));
        byte[] rootKey = tokenId.clone();
        new HmacSha256().mac(new HmacSha256.Key(realmKey), tokenId, 0, tokenId.length, rootKey);
        byte[] identifier = new byte[Identifier.LENGTH];
        Tokens.PREIMAGE.hash().writeTo(identifier, 2);
        System.arraycopy(tokenId, 0, identifier, 34, tokenId.length);
        List<Caveat> caveats = List.of(
                new Caveat("services", Tokens.PRODUCT + ":0"),
                new Caveat(Tokens.PRODUCT + "_valid_until", Long.toString(Tokens.END)));
        return paid(Macaroon.mint(rootKey, "lsat", identifier, caveats));
    }

    private static byte[] tokenId() {
        byte[] tokenId = new byte[TokenId.LENGTH];
        Identifier.ofGenuine(mint(keys(1), 0)).tokenId().writeTo(tokenId, 0);
        return tokenId;
    }

    @Test
    @DisplayName("format 01 is accepted")
    void format1IsAccepted() {
        assertThat(keys(1).isGenuine(signedWithOurKey(tokenId()))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 5, 0x7f, 0x81, 0xff})
    @DisplayName("token ids of another format are refused, though the signature is ours")
    void otherFormatsAreRefused(int format) {
        byte[] tokenId = tokenId();
        tokenId[0] = (byte) format;
        assertThat(keys(1).isGenuine(signedWithOurKey(tokenId))).isFalse();
    }

    @Test
    @DisplayName("an amount above 2⁶³ is refused, though the signature is ours")
    void amountsThatOverflowAreRefused() {
        byte[] tokenId = tokenId();
        tokenId[6] = (byte) 0x80;
        assertThat(keys(1).isGenuine(signedWithOurKey(tokenId))).isFalse();
    }

    @Test
    @DisplayName("the token id says what was bought, up to the most that fits")
    void theTokenIdSaysWhatWasBought() {
        Macaroon sold = keys(1).mint(
                        Tokens.PREIMAGE.hash(),
                        new RootKeys.Purchase("a", TokenId.MAX_USES, Long.MAX_VALUE),
                        0,
                        new Random(1));
        TokenId tokenId = Identifier.ofGenuine(sold).tokenId();
        assertThat(tokenId.uses()).isEqualTo(4_294_967_295L);
        assertThat(tokenId.amountMsat()).isEqualTo(Long.MAX_VALUE);
        assertThat(tokenId.hex()).hasSize(64).startsWith("01");
    }

    @Test
    @DisplayName("what does not fit a token id is not minted")
    void whatDoesNotFitIsNotMinted() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> mintTokenId(TokenId.MAX_USES + 1, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> mintTokenId(-1, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> mintTokenId(1, 0, -1))
                .isInstanceOf(IllegalArgumentException.class);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> mintTokenId(0, -1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> mintTokenId(1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static TokenId mintTokenId(long uses, long depositMsat, long amountMsat) {
        return TokenId.mint((byte) 7, new RootKeys.Purchase("a", uses, depositMsat, amountMsat, false), new Random(1));
    }

    @Test
    @DisplayName("a balance says what was deposited and paid, and is no pass to an older release")
    void aBalanceIsAFormatOfItsOwn() {
        TokenId balance = mintTokenId(0, 12_000, 10_000);
        assertThat(balance.hex()).startsWith("0207" + "0000000000002710" + "0000000000002ee0");
        assertThat(balance.isKnownFormat()).isTrue();
        assertThat(balance.depositMsat()).isEqualTo(12_000);
        assertThat(balance.amountMsat()).isEqualTo(10_000);
        assertThat(balance.uses()).isZero();
        assertThat(balance.isCounted()).isTrue();
        assertThat(balance.isComplimentary()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, false", "5, 0, true", "0, 9000, true"})
    @DisplayName("a complimentary token says what was given, and that nothing was paid")
    void aComplimentaryTokenIsAFormatOfItsOwn(long uses, long depositMsat, boolean counted) {
        TokenId given = TokenId.mint((byte) 7, new RootKeys.Purchase("a", uses, depositMsat, 0, true), new Random(1));
        assertThat(given.hex()).startsWith("0307");
        assertThat(given.isKnownFormat()).isTrue();
        assertThat(given.uses()).isEqualTo(uses);
        assertThat(given.depositMsat()).isEqualTo(depositMsat);
        assertThat(given.amountMsat()).isZero();
        assertThat(given.isCounted()).isEqualTo(counted);
        assertThat(given.isComplimentary()).isTrue();
    }

    @Test
    @DisplayName("identifiers of another version or length are refused")
    void otherIdentifiersAreRefused() {
        for (byte[] identifier : List.of(new byte[65], new byte[67], new byte[0], version(1, 0), version(0, 1))) {
            Macaroon macaroon = Macaroon.mint(new byte[32], "lsat", identifier, List.of());
            assertThat(Identifier.of(macaroon)).isEmpty();
            assertThat(keys(1).isGenuine(paid(macaroon))).isFalse();
        }
    }

    private static byte[] version(int high, int low) {
        byte[] identifier = new byte[Identifier.LENGTH];
        identifier[0] = (byte) high;
        identifier[1] = (byte) low;
        return identifier;
    }

    @Test
    @DisplayName("the location is lsat and is not signed")
    void theLocationIsNotSigned() {
        byte[] bytes = mint(keys(1), 0).bytes();
        bytes[3] = 'L';
        Macaroon moved = Tokens.decode(bytes);
        assertThat(mint(keys(1), 0).location()).isEqualTo("lsat");
        assertThat(moved.location()).isEqualTo("Lsat");
        assertThat(keys(1).isGenuine(paid(moved))).isTrue();
    }
}
