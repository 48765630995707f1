package org.lsat.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Parameters of a request target (lsat.paths.allow)")
final class PathParametersTest {

    private static final Set<PathParameters> SESSIONS = Set.of(PathParameters.JSESSIONID);
    private static final Set<PathParameters> MATRIX = Set.of(PathParameters.MATRIX);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/;jsessionid=1",
                "/a;jsessionid=0123456789ABCDEF",
                "/a/;jsessionid=node0abc.node-1",
                "/a/b;jsessionid=a!b~c*d+e_f",
                "/a;jsessionid="
            })
    @DisplayName("are allowed at the very end where they are a session's id, and refused by default")
    void aSessionIdAtTheEnd(String path) {
        assertThat(RequestTarget.isCanonical(path, SESSIONS)).isTrue();
        assertThat(RequestTarget.isCanonical(path, Set.of())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a;jsessionid=1/b",
                "/a;jsessionid=1/",
                "/a;jsessionid=1;x=2",
                "/a;x=2;jsessionid=1",
                "/a;JSESSIONID=1",
                "/a;jsessionid",
                "/a;x=1",
                "/a;",
                "/;a",
                "/a;jsessionid=%31",
                "/a;jsessionid=1%2f..",
                "/..;jsessionid=1",
                "/a/.;jsessionid=1",
                "/a//;jsessionid=1",
                ";jsessionid=1",
                "/a;jsessionid=1\\b"
            })
    @DisplayName("are refused where they are anything but that, or hide what is refused anyway")
    void anythingElseThanASessionId(String path) {
        assertThat(RequestTarget.isCanonical(path, SESSIONS)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a;x=1/b",
                "/a;x=1;y=2/b;z=3",
                "/a;x/b",
                "/a;/b",
                "/a;x=1",
                "/a;jsessionid=1",
                "/a;x=caf%c3%a9",
                "/a;x=..",
                "/a/;x=1",
                "/;x=1"
            })
    @DisplayName("are allowed in any segment as matrix parameters")
    void matrixParameters(String path) {
        assertThat(RequestTarget.isCanonical(path, MATRIX)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..;x=1/a",
                "/a/..;x=1/b",
                "/a/.;x/b",
                "/a/;x=1/b",
                "/;/a",
                "/a;x=1//b",
                "/a;x=%2f",
                "/a;x=%2F..%2Fb",
                "/a;x=%5c",
                "/a;x=%2e%2e",
                "/a;x=%3b",
                "/a;x=%25",
                "/a;x=%00",
                "/a;x=%",
                "/a;x=\\",
                "/a;x=1/../b",
                ";x=1/a",
                "a;x=1"
            })
    @DisplayName(
            "are refused where they stand for a whole segment, or hide a dot segment, a slash or a control character")
    void hostileMatrixParameters(String path) {
        assertThat(RequestTarget.isCanonical(path, MATRIX)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/a,/a",
        "/a;x=1,/a",
        "/a;x=1/b;y,/a/b",
        "/;x/a,//a",
        "/a/;x,/a/",
        "/a;b;c/d;,/a/d",
        "'',''",
        "/report/;jsessionid=1,/report/"
    })
    @DisplayName("are no part of what is matched")
    void areTakenAway(String path, String without) {
        assertThat(RequestTarget.withoutParameters(path)).isEqualTo(without);
    }
}
