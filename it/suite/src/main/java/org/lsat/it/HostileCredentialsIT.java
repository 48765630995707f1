package org.lsat.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lsat.it.RawHttp.Answer;

/** {@code hostile-credentials.tsv}: what opens a priced path, and what does not and says why. */
class HostileCredentialsIT extends OnEveryServer {

    private static CredentialTemplate[] templates = new CredentialTemplate[0];

    @BeforeEach
    void buyOnce() throws IOException {
        if (templates.length == 0) {
            templates = new CredentialTemplate[] {
                new CredentialTemplate(ROOT.buy("/pass/x"), ROOT.buy("/api/paid/x")),
                new CredentialTemplate(SHOP.buy("/pass/x"), SHOP.buy("/api/paid/x"))
            };
        }
    }

    static Stream<Arguments> cases() {
        return Stream.of(0, 1)
                .flatMap(shop -> Corpus.rows("hostile-credentials.tsv")
                        .map(row -> Arguments.of(Named.of(shops()[shop].context() + " " + row.get(0), shop), row)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aCredentialOpensWhatWasPaidForAndNothingElse(int shop, List<String> row) throws IOException {
        Answer answer = shops()[shop].send(row.get(1), row.get(2), templates[shop].headers(row.get(3)));
        String expected = row.get(4);
        if (expected.startsWith("200")) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            if (expected.equals("200")) {
                assertThat(answer.body()).contains("PAID-CONTENT access=pass");
            } else {
                assertThat(answer.body()).isEmpty();
            }
            return;
        }
        if (expected.equals("malformed") && Server.KIND == Server.WILDFLY && isFolded(row.get(3))) {
            assertThat(answer.body()).contains("PAID-CONTENT access=pass");
            return;
        }
        assertThat(answer.body()).doesNotContain("PAID-CONTENT");
        if (Server.KIND == Server.PAYARA
                && answer.status() == 400
                && !US_ASCII.newEncoder().canEncode(row.get(3))) {
            // Grizzly's own: no such bytes in a header field.
            return;
        }
        assertThat(answer.status()).as(answer.toString()).isEqualTo(402);
        switch (expected) {
            case "refused" -> assertThat(answer.member("reason")).isIn("malformed", "invalid");
            case "?" -> assertThat(answer.member("reason")).isNotEmpty();
            default -> assertThat(answer.member("reason")).isEqualTo(expected);
        }
    }

    /** Undertow makes one space of many before anybody sees them, so that a field that is too long for us no longer is. */
    private static boolean isFolded(String header) {
        return header.contains(" ".repeat(1024));
    }
}
