package org.lsat.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lsat.rules.PathPattern;
import org.lsat.rules.Rule;

/** A hash map of segments at each node, asked with a substring for each: one rule a pattern, canonical paths only. */
final class FloorTrie {

    private final Node root = new Node();

    private static final class Node {
        private final Map<String, Node> children = new HashMap<>();
        private @Nullable Rule exact;
        private @Nullable Rule prefix;
    }

    FloorTrie(List<Rule> rules) {
        for (Rule rule : rules) {
            Node node = root;
            for (String segment : rule.path().orElseThrow().text().substring(1).split("/", -1)) {
                node = node.children.computeIfAbsent(segment, name -> new Node());
            }
            if (rule.path().orElseThrow().kind() == PathPattern.Kind.EXACT) {
                node.exact = rule;
            } else {
                node.prefix = rule;
            }
        }
    }

    @Nullable Rule rule(String path, String method) {
        Node node = root;
        Rule best = null;
        for (int from = 1; from < path.length(); ) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            node = node.children.get(path.substring(from, to));
            if (node == null) {
                return best;
            }
            best = covers(node.prefix, method) ? node.prefix : best;
            from = to + 1;
        }
        return covers(node.exact, method) ? node.exact : best;
    }

    private static boolean covers(@Nullable Rule rule, String method) {
        return rule != null && (rule.methods().isEmpty() || rule.methods().contains(method));
    }
}
