package org.lsat.invoice.lnd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lsat.protocol.Macaroon;
import org.lsat.testkit.FakeLnd;

class NodeMacaroonTest {

    @Test
    void whatAMacaroonMayDoBeyondInvoicesIsSeen(@TempDir Path directory) throws Exception {
        try (FakeLnd lnd = FakeLnd.start(directory, InstantSource.system(), "bcrt")) {
            assertThat(NodeMacaroon.read(Files.readAllBytes(lnd.macaroon())).superfluous())
                    .isEmpty();
            lnd.bake(List.of("invoices:read", "invoices:write", "onchain:write", "macaroon:generate"));
            assertThat(NodeMacaroon.read(Files.readAllBytes(lnd.macaroon())).superfluous())
                    .containsExactlyInAnyOrder("onchain", "macaroon");
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
