package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lsat.it.RawHttp.Answer;

/** {@code path-tricks.tsv}: no request target gets priced content without paying, and none a 5xx. */
class PathTricksIT extends OnEveryServer {

    static Stream<Arguments> cases() {
        return Stream.of(shops())
                .flatMap(shop -> Corpus.rows("path-tricks.tsv")
                        .map(row -> Arguments.of(
                                Named.of(shop.context() + " " + row.get(0) + " " + row.get(1) + " " + row.get(2), shop),
                                row)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void noRequestTargetGetsPricedContentUnpaid(Shop shop, List<String> row) throws IOException {
        String target = row.get(1).startsWith("/") ? shop.context() + row.get(1) : row.get(1);
        String[] headers = row.get(2).isEmpty() ? new String[0] : row.get(2).split("\\|");
        Answer answer = shop.http().send(row.get(0), target, "", headers);
        assertThat(answer.body()).doesNotContain("PAID-CONTENT");
        assertThat(answer.status()).as(answer.toString()).isLessThan(500);
        switch (row.get(3)) {
            case "400", "204", "410", "418" -> assertThat(answer.status()).isEqualTo(Integer.parseInt(row.get(3)));
            case "402" -> assertThat(answer.status()).isEqualTo(402);
            case "free" -> assertThat(answer.status()).isNotEqualTo(402).isNotEqualTo(400);
            default -> assertThat(row.get(3)).isEqualTo("unserved");
        }
        if (answer.status() != 402) {
            // Some clients pay whenever they see the header, also on a 200.
            assertThat(answer.all("WWW-Authenticate")).isEmpty();
        } else {
            assertThat(answer.all("WWW-Authenticate")).hasSize(2);
        }
    }
}
