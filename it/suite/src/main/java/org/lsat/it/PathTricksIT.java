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
        // Some clients pay whenever they see the header, also on a 200.
        assertThat(answer.all("WWW-Authenticate")).hasSize(answer.status() == 402 ? 2 : 0);
        if (!answersInstead(target, answer)) {
            assertThat(answer.status()).as(answer.toString()).isLessThan(500);
            assertExpected(row.get(3), answer.status());
        }
    }

    private static void assertExpected(String expected, int status) {
        switch (expected) {
            case "400", "204", "402", "410", "418" -> assertThat(status).isEqualTo(Integer.parseInt(expected));
            case "free" -> assertThat(status).isNotEqualTo(402).isNotEqualTo(400);
            default -> assertThat(expected).isEqualTo("unserved");
        }
    }

    /** What the server answers by itself, or makes of the target before the application sees it. */
    private static boolean answersInstead(String target, Answer answer) {
        boolean ours = answer.header("Content-Type").orElse("").startsWith("application/problem+json");
        if (!ours && List.of(301, 302, 400, 505).contains(answer.status())) {
            // A redirect to a directory, a refusal.
            return true;
        }
        return switch (Server.KIND) {
            case TOMCAT -> false;
            // For what is no path, or leads out at its root.
            case WILDFLY -> answer.body().contains("<body>500 - Internal Server Error</body>");
            // An empty 200 for a % that it cannot decode.
            case PAYARA ->
                isCut(target, answer)
                        || (answer.status() == 200 && answer.body().isEmpty());
            // See StrayPathListener; and a blank at the end of a path is cut off.
            case LIBERTY ->
                isCut(target, answer)
                        || (answer.status() == 402 && target.endsWith("%20"))
                        || (answer.status() == 500 && target.contains("/../"));
        };
    }

    /** Without a session id or a fragment, the target is in order. */
    private static boolean isCut(String target, Answer answer) {
        return answer.status() == 402 && (target.contains(";jsessionid=") || target.contains("#"));
    }
}
