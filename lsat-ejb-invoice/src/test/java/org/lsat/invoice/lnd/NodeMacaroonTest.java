package org.lsat.invoice.lnd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lsat.protocol.Macaroon;

class NodeMacaroonTest {

    /** As go-macaroon-bakery writes it: nonce, storage id, operations. */
    private static byte[] identifier(String... permissions) {
        ByteArrayOutputStream identifier = new ByteArrayOutputStream();
        identifier.write(3);
        identifier.writeBytes(new byte[] {0x0a, 1, 'n', 0x12, 1, '0'});
        for (String permission : permissions) {
            byte[] entity = permission.split(":")[0].getBytes(StandardCharsets.US_ASCII);
            byte[] action = permission.split(":")[1].getBytes(StandardCharsets.US_ASCII);
            identifier.write(0x1a);
            identifier.write(entity.length + action.length + 4);
            identifier.write(0x0a);
            identifier.write(entity.length);
            identifier.writeBytes(entity);
            identifier.write(0x12);
            identifier.write(action.length);
            identifier.writeBytes(action);
        }
        return identifier.toByteArray();
    }

    private static Set<String> superfluous(byte[] identifier) throws WrongContentException {
        return NodeMacaroon.read(Macaroon.mint(new byte[32], "lnd", identifier, List.of())
                        .bytes())
                .superfluous();
    }

    @Test
    void whatAMacaroonMayDoBeyondInvoicesIsSeen() throws Exception {
        assertThat(superfluous(identifier("uri:/lnrpc.Lightning/AddInvoice"))).isEmpty();
        assertThat(superfluous(identifier("invoices:read", "invoices:write", "onchain:write", "macaroon:generate")))
                .containsExactlyInAnyOrder("onchain", "macaroon");
        assertThat(superfluous(identifier(
                        "uri:/lnrpc.Lightning/LookupInvoice",
                        "uri:/invoicesrpc.Invoices/CancelInvoice",
                        "uri:/lnrpc.Lightning/SendPaymentSync",
                        "uri:/lnrpc.Lightning/AddInvoicesAndMore")))
                .containsExactlyInAnyOrder("/lnrpc.Lightning/SendPaymentSync", "/lnrpc.Lightning/AddInvoicesAndMore");
    }

    @Test
    void fieldsOfEveryTypeAreSkipped() throws Exception {
        byte[] known = identifier("onchain:write");
        ByteArrayOutputStream more = new ByteArrayOutputStream();
        more.writeBytes(known);
        more.writeBytes(new byte[] {0x20, (byte) 0x96, 1, 0x29, 1, 2, 3, 4, 5, 6, 7, 8, 0x35, 1, 2, 3, 4});

        assertThat(superfluous(more.toByteArray())).containsExactly("onchain");
    }

    @Test
    void damagedIdentifiersSayNothingAndBreakNothing() throws Exception {
        byte[] whole = identifier("invoices:read", "onchain:write");
        Random random = new Random(402);
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            assertThat(superfluous(damaged)).as("seed 402, round %d", round).isNotNull();
        }
    }

    @Test
    void ofAnIdentifierInAnotherFormNothingIsSaid() throws Exception {
        Random random = new Random(402);
        for (int round = 0; round < 10_000; round++) {
            byte[] identifier = new byte[random.nextInt(40)];
            random.nextBytes(identifier);
            if (identifier.length > 0 && random.nextBoolean()) {
                identifier[0] = 3;
            }
            byte[] bytes =
                    Macaroon.mint(new byte[32], "lnd", identifier, List.of()).bytes();
            assertThat(NodeMacaroon.read(bytes).superfluous())
                    .as("seed 402, round %d", round)
                    .isNotNull();
        }
    }

    @Test
    void itDoesNotPrint() throws Exception {
        byte[] bytes =
                Macaroon.mint(new byte[32], "lnd", new byte[] {3}, List.of()).bytes();

        assertThat(NodeMacaroon.read(bytes)).hasToString("NodeMacaroon[redacted]");
    }

    @Test
    void anEmptyFileIsReportedAsSuch() {
        assertThatThrownBy(() -> NodeMacaroon.read(new byte[0])).hasMessage("the file is empty");
        assertThatThrownBy(() -> NodeMacaroon.read(new byte[] {2, 1}))
                .hasMessage("the file holds no macaroon in LND's binary form");
    }
}
