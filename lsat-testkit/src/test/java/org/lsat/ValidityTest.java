package org.lsat;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lsat.ledger.LedgerUnavailableException;
import org.lsat.ledger.MemoryLedger;
import org.lsat.protocol.Preimage;
import org.lsat.protocol.RevokedPayments;
import org.lsat.protocol.RootKeys;
import org.lsat.protocol.Secret;

@DisplayName("What makes a token good")
final class ValidityTest {

    private static final Secret OTHER = Secret.of("another secret of the tests, long enough");

    private final Scene scene = new Scene();
    private final Validity validity = new Validity(scene.settings);
    private final Paywall paywall = new Paywall(
            scene.settings,
            new Paywall.Services(
                    scene.node,
                    new MemoryLedger(scene.settings.ledgerCapacity(), scene.settings.ledgerLease(), scene.clock),
                    scene.clock,
                    new SecureRandom()),
            validity);

    private Decision decide(String path, Scene.Bought token) throws LedgerUnavailableException {
        Decision decision = paywall.decide(scene.get(path, token.header()));
        if (decision instanceof Decision.Opened opened) {
            opened.settlement().answered(200);
        }
        return decision;
    }

    private static Reason reason(Decision decision) {
        return ((Decision.PaymentNeeded) decision).reason();
    }

    private static RevokedPayments revoked(String... prefixes) {
        return RevokedPayments.of(Stream.of(prefixes)
                .map(hex -> RevokedPayments.Prefix.parse(hex).orElseThrow())
                .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pass/x", "/bundle", "/one/x"})
    @DisplayName("is that its payment is not revoked, of passes and of counted tokens; and it is counted no further")
    void isThatItsPaymentIsNotRevoked(String path) throws LedgerUnavailableException {
        Scene.Bought token = scene.buy(path);
        Scene.Bought other = scene.buy(path);
        validity.refuse(revoked(paymentOf(token).substring(0, 8)));
        assertThat(reason(decide(path, token))).isEqualTo(Reason.REVOKED);
        assertThat(decide(path, other)).isInstanceOf(Decision.Opened.class);
        validity.refuse(RevokedPayments.NONE);
        // It has all its uses yet.
        Decision again = decide(path, token);
        assertThat(again).isInstanceOf(Decision.Opened.class);
        assertThat(((Decision.Paid) again).firstUse()).isTrue();
    }

    private static String paymentOf(Scene.Bought token) {
        return Preimage.ofHex(token.preimage()).hash().hex();
    }

    @Test
    @DisplayName("is told in the 402: revoked, with an invoice for another")
    void isToldInThe402() {
        Scene.Bought token = scene.buy("/pass/x");
        validity.refuse(revoked(paymentOf(token)));
        RequestFacts request = scene.get("/pass/x", token.header());
        HttpAnswer answer = paywall.challenge((Decision.PaymentNeeded) paywall.decide(request), request);
        assertThat(answer.status()).isEqualTo(402);
        assertThat(Scene.json(answer).required("reason").asText()).isEqualTo("revoked");
        assertThat(Scene.json(answer).required("type").asText()).isEqualTo("urn:lsat:revoked");
        assertThat(Scene.json(answer).required("invoice").asText()).startsWith("lnbcrt");
    }

    @Test
    @DisplayName("changes with the keys, for what is sold and for what is shown, and the count stays")
    void changesWithTheKeys() throws LedgerUnavailableException {
        Scene.Bought before = scene.buy("/bundle");
        assertThat(((Decision.Paid) decide("/bundle", before)).access().usesLeft())
                .hasValue(2);
        Secret present = Secret.of("a secret of the tests that is long enough");
        validity.use(RootKeys.derive("weather", "bcrt", OTHER, List.of(present)));
        assertThat(((Decision.Paid) decide("/bundle", before)).access().usesLeft())
                .hasValue(1);
        validity.use(RootKeys.derive("weather", "bcrt", OTHER, List.of()));
        assertThat(reason(decide("/bundle", before))).isEqualTo(Reason.INVALID);
        RequestFacts unpaid = scene.get("/bundle");
        HttpAnswer answer = paywall.challenge((Decision.PaymentNeeded) paywall.decide(unpaid), unpaid);
        String macaroon = Scene.json(answer).required("macaroon").asText();
        String preimage = scene.node
                .preimageOf(Scene.json(answer).required("invoice").asText())
                .revealHex();
        assertThat(paywall.decide(scene.get("/bundle", "L402 " + macaroon + ":" + preimage)))
                .isInstanceOf(Decision.Opened.class);
    }
}
