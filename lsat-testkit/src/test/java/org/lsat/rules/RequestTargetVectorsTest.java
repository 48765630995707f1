package org.lsat.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lsat.testkit.Vectors;

@DisplayName("The 84 rows of Servlet 6.0 section 3.5.3")
final class RequestTargetVectorsTest {

    private static final String FILE = "servlet6-uri-canonicalization.jsonl";

    /** The fragment stands behind the query, which no container hands out with the path and no rule is matched on. */
    private static final Set<String> FAULT_IN_THE_QUERY = Set.of("/foo/bar?q#f", "/foo/bar/?q#f");

    /** What the specification would have repaired: path parameters, dot segments, empty segments, an encoded percent sign. */
    private static final Set<String> REFUSED_ALTHOUGH_REPAIRABLE = Set.of(
            "/foo/bar;jsessionid=1234",
            "/foo/bar/;jsessionid=1234",
            "/foo;/bar;",
            "/foo;/bar;/;",
            "/foo/b%25r",
            "/foo/./bar",
            "/foo/././bar",
            "/./foo/bar",
            "/foo/bar/.",
            "/foo/bar/./",
            "/foo/bar/./;",
            "/foo/../bar",
            "/foo/./../bar",
            "/foo/bar/..",
            "/foo/bar/../",
            "/foo/bar/../;",
            "/foo//bar",
            "//foo//bar//",
            "/foo//../bar",
            "/foo/bar;?q",
            "//",
            "/.",
            "/./");

    static Stream<JsonNode> rows() {
        return Vectors.lines(FILE);
    }

    /** {@code getRequestURI()}: the target up to its query. */
    private static String requestUri(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    @Test
    @DisplayName("are 84, of which the lists here name only such as are there")
    void are84() {
        assertThat(rows()).hasSize(84);
        assertThat(rows().map(row -> row.required("in").asText()))
                .containsAll(FAULT_IN_THE_QUERY)
                .containsAll(REFUSED_ALTHOUGH_REPAIRABLE);
    }

    @ParameterizedTest
    @MethodSource("rows")
    @DisplayName("are refused where the specification refuses or repairs them, and taken where they are canonical")
    void areRefusedOrTaken(JsonNode row) {
        String target = row.required("in").asText();
        boolean mustBe400 = !row.required("status").isNull() && !FAULT_IN_THE_QUERY.contains(target);
        assertThat(RequestTarget.isCanonical(requestUri(target)))
                .isEqualTo(!mustBe400 && !REFUSED_ALTHOUGH_REPAIRABLE.contains(target));
    }
}
