package org.lsat.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the most specific rule of a request: the exact path, else the longest prefix, else the extension; a rule that does
 * not list the request's method does not match, and the next one is asked. A trie of path segments, walked once over the
 * path without copying any of it, so that ten thousand rules cost what ten do. Immutable, thread-safe.
 */
public final class PriceTable {

    private final Node root;
    private final Map<String, List<Optional<Rule>>> extensions;

    private PriceTable(Node root, Map<String, List<Optional<Rule>>> extensions) {
        this.root = root;
        this.extensions = extensions;
    }

    /** Two rules that both are the most specific one of some request. */
    public record Tie(Rule first, Rule second) {}

    /** All pairs of rules of one pattern that share a method: a table of them would be a coin toss. */
    public static List<Tie> ties(List<Rule> rules) {
        Map<PathPattern, List<Rule>> seen = new HashMap<>();
        List<Tie> ties = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.path().isEmpty()) {
                continue;
            }
            List<Rule> same = seen.computeIfAbsent(rule.path().get(), pattern -> new ArrayList<>());
            same.stream().filter(rule::sharesMethodWith).forEach(other -> ties.add(new Tie(other, rule)));
            same.add(rule);
        }
        return ties;
    }

    /**
     * Builds the table of those rules that have a path.
     *
     * @throws IllegalArgumentException if there is a tie
     */
    public static PriceTable of(List<Rule> rules) {
        if (!ties(rules).isEmpty()) {
            throw new IllegalArgumentException("two rules have one pattern and a method in common: " + ties(rules));
        }
        Branch root = new Branch();
        Map<String, List<Optional<Rule>>> extensions = new HashMap<>();
        for (Rule rule : rules) {
            rule.path().ifPresent(path -> {
                if (path.kind() == PathPattern.Kind.EXTENSION) {
                    extensions
                            .computeIfAbsent(path.text(), extension -> new ArrayList<>())
                            .add(Optional.of(rule));
                } else {
                    root.add(path, rule);
                }
            });
        }
        return new PriceTable(new Node("", root), Map.copyOf(extensions));
    }

    /**
     * The rule under which a request falls; a rule with {@link Price#FREE} is an answer, too.
     *
     * @param path decoded, below the context path; path parameters ({@code ;…}) and empty segments in it are ignored
     */
    public Optional<Rule> rule(String path, String method) {
        Node node = root;
        Optional<Rule> best = root.prefix(method);
        int length = path.length();
        int at = 0;
        while (true) {
            while (at < length && path.charAt(at) == '/') {
                at++;
            }
            if (at == length) {
                Optional<Rule> exact = node.exact(method);
                return exact.isPresent() ? exact : orExtension(best, path, method);
            }
            int from = at;
            int hash = 0;
            char c = path.charAt(at);
            while (c != '/' && c != ';') {
                hash = 31 * hash + c;
                if (++at == length) {
                    break;
                }
                c = path.charAt(at);
            }
            // A segment that is nothing but parameters is an empty one.
            if (at > from) {
                Node child = node.child(path, from, at, hash);
                if (child == null) {
                    return orExtension(best, path, method);
                }
                node = child;
                Optional<Rule> deeper = child.prefix(method);
                best = deeper.isPresent() ? deeper : best;
            }
            while (at < length && path.charAt(at) != '/') {
                at++;
            }
        }
    }

    private Optional<Rule> orExtension(Optional<Rule> best, String path, String method) {
        return best.isPresent() || extensions.isEmpty() ? best : extension(path, method);
    }

    /** By the last segment that is not empty: {@code /a.csv/} and {@code /a.csv;v=1} are {@code /a.csv}. */
    private Optional<Rule> extension(String path, String method) {
        int lastFrom = 0;
        int lastTo = 0;
        for (int from = 0; from < path.length(); ) {
            int slash = path.indexOf('/', from);
            int end = slash < 0 ? path.length() : slash;
            int semicolon = path.indexOf(';', from);
            int to = semicolon >= 0 && semicolon < end ? semicolon : end;
            if (to > from) {
                lastFrom = from;
                lastTo = to;
            }
            from = end + 1;
        }
        int dot = path.lastIndexOf('.', lastTo - 1);
        if (dot < lastFrom) {
            return Optional.empty();
        }
        return firstThatCovers(method, extensions.getOrDefault(path.substring(dot + 1, lastTo), List.of()));
    }

    private static Optional<Rule> firstThatCovers(String method, List<Optional<Rule>> candidates) {
        for (Optional<Rule> candidate : candidates) {
            if (candidate.isPresent() && candidate.get().covers(method)) {
                return candidate;
            }
        }
        return Optional.empty();
    }

    /** A node while the table is built. */
    private static final class Branch {
        private final Map<String, Branch> children = new HashMap<>();
        private final List<Optional<Rule>> exact = new ArrayList<>();
        private final List<Optional<Rule>> prefix = new ArrayList<>();

        void add(PathPattern path, Rule rule) {
            Branch branch = this;
            String text = path.text();
            for (String segment :
                    text.isEmpty() ? new String[0] : text.substring(1).split("/")) {
                branch = branch.children.computeIfAbsent(segment, name -> new Branch());
            }
            boolean isExact = path.kind() == PathPattern.Kind.EXACT;
            (isExact ? branch.exact : branch.prefix).add(Optional.of(rule));
        }
    }

    /**
     * A segment with what ends here, and an open-addressing table of what goes on. A rule for every method is the only one
     * of its pattern and the usual case: it stands in the node itself, since in a large table each further object on the way
     * costs as much as all the comparing.
     */
    private static final class Node {

        private final String segment;
        private final Optional<Rule> exact;
        private final Optional<Rule> prefix;
        private final List<Optional<Rule>> exactByMethod;
        private final List<Optional<Rule>> prefixByMethod;
        private final @Nullable Node[] children;

        Node(String segment, Branch branch) {
            this.segment = segment;
            this.exact = forEveryMethod(branch.exact);
            this.prefix = forEveryMethod(branch.prefix);
            this.exactByMethod = exact.isPresent() ? List.of() : List.copyOf(branch.exact);
            this.prefixByMethod = prefix.isPresent() ? List.of() : List.copyOf(branch.prefix);
            int capacity = Integer.highestOneBit(Math.max(1, branch.children.size())) * 4;
            this.children = new @Nullable Node[branch.children.isEmpty() ? 0 : capacity];
            branch.children.forEach((name, child) -> {
                int slot = slot(name.hashCode());
                while (children[slot] != null) {
                    slot = slot + 1 & children.length - 1;
                }
                children[slot] = new Node(name, child);
            });
        }

        private static Optional<Rule> forEveryMethod(List<Optional<Rule>> rules) {
            return rules.stream()
                    .filter(rule -> rule.isPresent() && rule.get().methods().isEmpty())
                    .findFirst()
                    .orElse(Optional.empty());
        }

        Optional<Rule> exact(String method) {
            return exact.isPresent() || exactByMethod.isEmpty() ? exact : firstThatCovers(method, exactByMethod);
        }

        Optional<Rule> prefix(String method) {
            return prefix.isPresent() || prefixByMethod.isEmpty() ? prefix : firstThatCovers(method, prefixByMethod);
        }

        private int slot(int hash) {
            return (hash ^ hash >>> 16) & children.length - 1;
        }

        /** {@code hash} is {@link String#hashCode} of the part. */
        @Nullable Node child(String path, int from, int to, int hash) {
            if (children.length == 0) {
                return null;
            }
            for (int slot = slot(hash); ; slot = slot + 1 & children.length - 1) {
                Node child = children[slot];
                if (child == null || (child.segment.length() == to - from && path.startsWith(child.segment, from))) {
                    return child;
                }
            }
        }
    }
}
