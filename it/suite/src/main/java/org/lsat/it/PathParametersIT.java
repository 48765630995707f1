package org.lsat.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lsat.it.RawHttp.Answer;

/** {@code lsat.paths.allow=jsessionid,matrix}: what is no longer refused costs all the same. */
@ExtendWith(ArquillianExtension.class)
class PathParametersIT {

    private static final Shop SHOP = Shop.at("/parameters");

    @Deployment(testable = false)
    public static WebArchive parameters() {
        Map<String, String> settings = TestWar.settings();
        settings.put("lsat.paths.allow", "jsessionid,matrix");
        return TestWar.war("parameters.war", settings);
    }

    static Stream<List<String>> cases() {
        return Corpus.rows("path-tricks.tsv");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noRequestTargetGetsPricedContentUnpaid(List<String> row) throws IOException {
        String target = row.get(1).startsWith("/") ? SHOP.context() + row.get(1) : row.get(1);
        String[] headers = row.get(2).isEmpty() ? new String[0] : row.get(2).split("\\|");
        assertUnpaid(SHOP.http().send(row.get(0), target, "", headers));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/paid/x;a=b",
                "/api/paid;a=b/x",
                "/api;a=b/paid/x",
                "/api;/paid;/x;",
                "/api/paid/x;jsessionid=1",
                "/api/paid/;jsessionid=1",
                "/api/paid;jsessionid=1",
                "/exact/one;a",
                "/exact;a/one",
                "/report/;jsessionid=1",
                "/report;jsessionid=1",
                "/report/;x=1",
                "/list.csv;v=1",
                "/a;x/list.csv;v=1/",
                "/%61;x/l%69st.csv;v=1",
                "/%61pi;a=b/p%61id/x"
            })
    void aPricedPathWithParametersCosts(String path) throws IOException {
        assertThat(SHOP.get(path).status()).isIn(301, 302, 400, 402);
        assertUnpaid(SHOP.get(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x/..;a=b/api/paid/x",
                "/x;a/../api/paid/x",
                "/;a/api/paid/x",
                "/api/;a/paid/x",
                "/api/paid/x;a=%2f",
                "/api/paid/x;a=%2e%2e",
                "/api/.;a/paid/x",
                "/free;a=%3b/../api/paid/x",
                "/api/paid/terms/..;/x",
                "/api/paid/terms;/../x"
            })
    void aTrickWithParametersIsRefused(String path) throws IOException {
        assertUnpaid(SHOP.get(path));
        assertThat(SHOP.get(path).status()).isIn(400, 404);
    }

    @Test
    void parametersReachTheApplicationOfWhoeverPaid() throws IOException {
        Shop.Token token = SHOP.buy("/pass/x");
        for (String path : new String[] {"/pass/x;a=b", "/pass/x;jsessionid=1", "/pass;a=b/x"}) {
            assertThat(SHOP.get(path, token.header()).body()).contains("PAID-CONTENT access=pass");
        }
    }

    private static void assertUnpaid(Answer answer) {
        assertThat(answer.body()).doesNotContain("PAID-CONTENT").doesNotContain("the welcome file");
        assertThat(answer.all("WWW-Authenticate")).hasSize(answer.status() == 402 ? 2 : 0);
    }
}
