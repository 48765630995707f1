package org.lsat.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The price table")
final class PriceTableTest {

    private static final Plan PLAN = new Plan(1, Duration.ofHours(1));

    private static Rule rule(String name, String pattern, String... methods) {
        return new Rule(name, PathPattern.parse(pattern), Set.of(methods), Optional.of(new Price(1000)), PLAN, "");
    }

    /** A table of rules that are named by their patterns' places in the list. */
    private static PriceTable table(String... patterns) {
        List<Rule> rules = new ArrayList<>();
        for (String pattern : patterns) {
            rules.add(rule(pattern.replaceAll("[^a-z0-9]", "-"), pattern));
        }
        return PriceTable.of(rules);
    }

    private static String found(PriceTable table, String path, String method) {
        return table.rule(path, method)
                .map(rule -> rule.path().orElseThrow().toString())
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b, /a/b",
        "/a/b/, /a/b",
        "/a/b/c, /a/b/*",
        "/a/b/c/d/e, /a/b/*",
        "/a, /a/*",
        "/a/, /a/*",
        "/a/x.csv, /a/*",
        "/ab, none",
        "/ab/c, none",
        "/A/b, none",
        "/x.csv, *.csv",
        "/deep/down/x.csv, *.csv",
        "/x.csv/, *.csv",
        "/x.csv;v=1, *.csv",
        "/x.CSV, none",
        "/x.csv/y, none",
        "/.csv, *.csv",
        "/csv, none",
        "/x.csv.gz, none",
        "/, none",
        "'', none",
        "/a;v=1, /a/*",
        "/a;v=1/b;w=2, /a/b",
        "/a/;/b, /a/b",
        "//a//b//, /a/b",
        "/;x/a, /a/*"
    })
    @DisplayName(
            "finds the exact path before the longest prefix before the extension; slashes at the end and parameters mean nothing")
    void findsTheMostSpecific(String path, String pattern) {
        assertThat(found(table("/a/b", "/a/*", "/a/b/*", "*.csv"), path, "GET")).isEqualTo(pattern);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "/a/b.csv", "/;"})
    @DisplayName("covers every path by /*")
    void coversEveryPath(String path) {
        assertThat(found(table("/*", "*.csv"), path, "GET")).isEqualTo("/*");
    }

    @Test
    @DisplayName("asks the next rule where one does not list the method")
    void methodsFallThrough() {
        PriceTable table = PriceTable.of(List.of(
                rule("exact", "/a/b.csv", "POST"),
                rule("deep", "/a/*", "PUT"),
                rule("shallow", "/*", "GET"),
                rule("extension", "*.csv", "DELETE"),
                rule("other", "/a/b.csv", "PATCH")));
        assertThat(Map.of(
                        "POST",
                        "exact",
                        "PATCH",
                        "other",
                        "PUT",
                        "deep",
                        "GET",
                        "shallow",
                        "HEAD",
                        "shallow",
                        "DELETE",
                        "extension"))
                .allSatisfy((method, name) -> assertThat(
                                table.rule("/a/b.csv", method).orElseThrow().name())
                        .isEqualTo(name));
        assertThat(table.rule("/a/b.csv", "OPTIONS")).isEmpty();
    }

    @Test
    @DisplayName("compares methods without regard to case, so that an application that does so gives nothing away")
    void methodsWithoutRegardToCase() {
        PriceTable table = PriceTable.of(List.of(rule("a", "/a", "GET")));
        assertThat(List.of("GET", "get", "HEAD", "hEAd"))
                .allMatch(method -> table.rule("/a", method).isPresent());
        assertThat(List.of("GE", "GETT", "POST", "", "ǴET"))
                .allMatch(method -> table.rule("/a", method).isEmpty());
    }

    @Test
    @DisplayName("answers with a free rule, too: it is more specific than a priced one")
    void freeRulesAreAnswers() {
        Rule free = new Rule("free", PathPattern.parse("/a/b"), Set.of(), Optional.of(Price.FREE), PLAN, "");
        PriceTable table = PriceTable.of(List.of(rule("a", "/a/*"), free));
        assertThat(table.rule("/a/b", "GET")).contains(free);
    }

    @Test
    @DisplayName("refuses rules of one pattern with a method in common")
    void refusesTies() {
        for (String[] methods : new String[][] {{"GET", "GET"}, {"GET", "HEAD"}, {"HEAD", "GET"}}) {
            List<Rule> rules = List.of(rule("a", "/a", methods[0]), rule("b", "/a", methods[1]));
            assertThat(PriceTable.ties(rules)).containsExactly(new PriceTable.Tie(rules.get(0), rules.get(1)));
            assertThatThrownBy(() -> PriceTable.of(rules)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(PriceTable.ties(List.of(rule("a", "/a"), rule("b", "/a", "GET"))))
                .hasSize(1);
        assertThat(PriceTable.ties(List.of(rule("a", "/a", "GET"), rule("b", "/a", "POST"), rule("c", "/a/*"))))
                .isEmpty();
    }

    @Test
    @DisplayName("answers as a naive list of rules does")
    void answersAsANaiveListDoes() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<Rule> rules = randomRules(random);
            PriceTable table = PriceTable.of(rules);
            for (int round = 0; round < 100; round++) {
                String path = randomPath(random, true);
                String method = List.of("GET", "HEAD", "POST", "PUT").get(random.nextInt(4));
                assertThat(table.rule(path, method))
                        .as("seed %d, round %d: %s %s among %s", seed, round, method, path, rules)
                        .isEqualTo(naive(rules, path, method));
            }
        }
    }

    private static List<Rule> randomRules(Random random) {
        List<Rule> rules = new ArrayList<>();
        int wanted = random.nextInt(15);
        for (int i = 0; i < wanted; i++) {
            String pattern = switch (random.nextInt(4)) {
                case 0 -> "*." + (char) ('a' + random.nextInt(2));
                case 1 -> randomPath(random, false);
                case 2 -> randomPath(random, false) + "/*";
                default -> "/*";
            };
            String[][] methods = {{}, {"GET"}, {"POST"}, {"GET", "PUT"}, {"HEAD"}};
            List<Rule> more = new ArrayList<>(rules);
            more.add(rule("r" + i, pattern, methods[random.nextInt(methods.length)]));
            if (PriceTable.ties(more).isEmpty()) {
                rules = more;
            }
        }
        return rules;
    }

    private static String randomPath(Random random, boolean sloppy) {
        StringBuilder path = new StringBuilder();
        int segments = 1 + random.nextInt(4);
        for (int i = 0; i < segments; i++) {
            path.append('/');
            if (sloppy && random.nextInt(10) == 0) {
                path.append('/');
            }
            path.append(List.of("a", "b", "a.a", "b.b", "aa").get(random.nextInt(5)));
            if (sloppy && random.nextInt(6) == 0) {
                path.append(";p=").append(random.nextInt(3)).append(random.nextBoolean() ? ".b" : "");
            }
        }
        return path + (sloppy && random.nextInt(4) == 0 ? "/" : "");
    }

    /** All that match, the most specific first; by the words of the documentation and nothing else. */
    private static Optional<Rule> naive(List<Rule> rules, String path, String method) {
        List<String> segments = Arrays.stream(path.split("/"))
                .map(segment -> segment.replaceAll(";.*", ""))
                .filter(segment -> !segment.isEmpty())
                .toList();
        String clean = "/" + String.join("/", segments);
        Rule best = null;
        int bestRank = -1;
        for (Rule rule : rules) {
            String text = rule.path().orElseThrow().text();
            boolean listed = rule.methods().isEmpty()
                    || rule.methods().contains(method)
                    || (method.equals("HEAD") && rule.methods().contains("GET"));
            int rank = switch (rule.path().orElseThrow().kind()) {
                case EXACT -> clean.equals(text) ? 10_000 : -1;
                case PREFIX -> (clean + "/").startsWith(text + "/") ? 1 + text.length() : -1;
                case EXTENSION -> clean.endsWith("." + text) ? 0 : -1;
            };
            if (listed && rank > bestRank) {
                best = rule;
                bestRank = rank;
            }
        }
        return Optional.ofNullable(best);
    }

    @Test
    @DisplayName("finds each of ten thousand rules")
    void findsEachOfTenThousandRules() {
        List<Rule> rules = new ArrayList<>();
        Map<String, Rule> expected = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            String path = "/" + i % 7 + "/s" + i + (i % 3 == 0 ? "/deep" : "");
            Rule rule = rule("r" + i, i % 2 == 0 ? path : path + "/*");
            rules.add(rule);
            expected.put(i % 2 == 0 ? path : path + "/below/it", rule);
        }
        PriceTable table = PriceTable.of(rules);
        assertThat(expected)
                .allSatisfy((path, rule) -> assertThat(table.rule(path, "GET")).contains(rule));
        assertThat(table.rule("/0/s0/deep/er", "GET")).isEmpty();
        assertThat(table.rule("/0/s", "GET")).isEmpty();
    }
}
