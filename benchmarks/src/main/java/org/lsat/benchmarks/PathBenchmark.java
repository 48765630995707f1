package org.lsat.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lsat.rules.PathPattern;
import org.lsat.rules.Plan;
import org.lsat.rules.Price;
import org.lsat.rules.PriceTable;
import org.lsat.rules.Rule;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From a path to its rule. Half of the rules are exact, half are prefixes; a quarter of the requests fall under none. */
@State(Scope.Benchmark)
public class PathBenchmark {

    private static final int REQUESTS = 1024;

    /** How many rules there are. */
    @Param({"10", "1000", "10000"})
    public int rules = 10;

    private PriceTable table = PriceTable.of(List.of());
    private FloorTrie trie = new FloorTrie(List.of());
    private String[] requests = {};
    private int next;

    /** Refuses contenders that disagree about a request, or a rule that is not the one expected. */
    @Setup
    public void check() {
        List<Rule> all = new ArrayList<>();
        for (int i = 0; i < rules; i++) {
            all.add(rule(i));
        }
        table = PriceTable.of(all);
        trie = new FloorTrie(all);
        Random random = new Random(6);
        requests = new String[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            int number = random.nextInt(rules);
            boolean miss = random.nextInt(4) == 0;
            requests[i] = path(miss ? number + rules : number) + (number % 2 == 0 ? "" : "/details");
            Rule expected = miss ? null : all.get(number);
            require(requests[i], "GET", expected);
            require(requests[i], "POST", expected != null && expected.methods().isEmpty() ? expected : null);
        }
    }

    private void require(String path, String method, @Nullable Rule expected) {
        if (!Objects.equals(table.rule(path, method).orElse(null), expected)
                || !Objects.equals(trie.rule(path, method), expected)) {
            throw new IllegalStateException("the rule of " + method + ' ' + path + " is " + expected + "; floor says "
                    + trie.rule(path, method) + ", core says " + table.rule(path, method));
        }
    }

    /** By hand. */
    @Benchmark
    public @Nullable Rule floor() {
        return trie.rule(request(), "GET");
    }

    /** The core's table. */
    @Benchmark
    public Optional<Rule> core() {
        return table.rule(request(), "GET");
    }

    private String request() {
        next = next + 1 & REQUESTS - 1;
        return requests[next];
    }

    private static Rule rule(int number) {
        String pattern = path(number) + (number % 2 == 0 ? "" : "/*");
        Set<String> methods = number % 4 < 2 ? Set.of() : Set.of("GET");
        Plan pass = new Plan(0, Duration.ofDays(1));
        return new Rule("rule-" + number, PathPattern.parse(pattern), methods, Optional.of(new Price(1_000)), pass, "");
    }

    private static String path(int number) {
        return "/api/customer-" + number / 100 + "/order-" + number % 100;
    }
}
