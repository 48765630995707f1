package org.lsat.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads typed values and collects what is wrong with them, so that all faults are reported together. A value with a fault
 * is answered with its default: the caller goes on, and {@link #finish} throws. Used by one thread, at deployment.
 */
public final class ConfigReader {

    private static final String PREFIX = "lsat.";
    private static final String ENVIRONMENT_PREFIX = "LSAT_";
    private static final String RULE_VARIABLE = "LSAT_RULES_";
    private static final String PATH_VARIABLE = "_PATH";

    /** Stands for a value that is not for messages. */
    static final String HIDDEN = "(hidden)";

    private final ConfigValues values;
    private final Map<String, Declared> declared = new TreeMap<>();
    private final Set<String> known = new HashSet<>();
    private final List<Fault> faults = new ArrayList<>();

    /** A value that the application's code gives. */
    private record Declared(String value, String where) {}

    /** Reads from {@code values}. */
    public ConfigReader(ConfigValues values) {
        this.values = values;
    }

    /** Every dotted name under {@code lsat.} that a source lists, sorted. */
    public Set<String> names() {
        Set<String> ours = new TreeSet<>(declared.keySet());
        values.names().stream().filter(name -> name.startsWith(PREFIX)).forEach(ours::add);
        return ours;
    }

    /** Whether an implementation may have guessed this name back from a variable of the environment. */
    boolean isGuessed(String name) {
        return !declared.containsKey(name) && values.environment().containsKey(environmentName(name));
    }

    /**
     * Gives a property the value that it has where no source has another. Two values for one property are a fault.
     *
     * @param where the place in the application's code, for messages
     */
    void declare(String name, String value, String where) {
        Declared before = declared.putIfAbsent(name, new Declared(value, where));
        if (before != null && !before.value.equals(value)) {
            fault(
                    name,
                    value,
                    "one value for one rule: " + where + " says this, and " + before.where + " says " + before.value);
        }
    }

    /** Declares a name as known, without reading it. */
    public void know(String name) {
        known.add(name);
    }

    /** The value without surrounding white space; empty where there is none, or nothing but white space. */
    public Optional<String> text(String name) {
        return verbatim(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The value as written. */
    public Optional<String> verbatim(String name) {
        known.add(name);
        return configured(name).or(() -> Optional.ofNullable(declared.get(name)).map(Declared::value));
    }

    private Optional<String> configured(String name) {
        return Optional.ofNullable(values.lookup().apply(name)).filter(text -> !text.isEmpty());
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name, boolean otherwise) {
        return oneOf(name, List.of("true", "false")).map(Boolean::parseBoolean).orElse(otherwise);
    }

    /** One of these words; empty where there is none of them. */
    public Optional<String> oneOf(String name, List<String> allowed) {
        Optional<String> text = text(name);
        if (text.isPresent() && !allowed.contains(text.get())) {
            fault(name, text.get(), "allowed are " + String.join(", ", allowed));
            return Optional.empty();
        }
        return text;
    }

    /** A decimal number from {@code least} to {@code most}. */
    public Optional<Long> number(String name, long least, long most) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String digits = text.get();
        boolean isNumber = digits.length() <= 18 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        long value = isNumber ? Long.parseLong(digits) : -1;
        if (!isNumber || value < least || value > most) {
            fault(name, digits, "a whole number from " + least + " to " + most);
            return Optional.empty();
        }
        return Optional.of(value);
    }

    /** An ISO 8601 duration of whole seconds from {@code least} to {@code most}. */
    public Optional<Duration> duration(String name, Duration least, Duration most) {
        Optional<String> text = text(name);
        Optional<Duration> parsed = text.flatMap(ConfigReader::parseDuration)
                .filter(value -> value.compareTo(least) >= 0
                        && value.compareTo(most) <= 0
                        && value.equals(value.truncatedTo(ChronoUnit.SECONDS)));
        if (text.isPresent() && parsed.isEmpty()) {
            fault(
                    name,
                    text.get(),
                    "a duration such as P30D, PT1H or PT10M, in whole seconds, from " + least + " to P" + most.toDays()
                            + "D");
        }
        return parsed;
    }

    /** A duration in ISO 8601 (days, hours, minutes, seconds); empty if {@code text} is none. */
    static Optional<Duration> parseDuration(String text) {
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** Reports a fault. */
    public void fault(String property, String value, String allowed) {
        Declared said = declared.get(property);
        String where = said != null && configured(property).isEmpty() ? " (said by " + said.where + ")" : "";
        faults.add(new Fault(property, value, allowed + where));
    }

    /**
     * Ends the reading: names under our prefix that nobody asked for are faults, too, unless they come from the
     * environment, where an implementation only guesses at the dots.
     *
     * @return warnings, one a line of a log
     * @throws ConfigException with all faults
     */
    public List<String> finish() {
        Set<String> mapped = new HashSet<>();
        known.forEach(name -> mapped.add(environmentName(name)));
        Set<String> warnings = new LinkedHashSet<>();
        for (String name : names()) {
            if (!known.contains(name) && !isGuessed(name)) {
                // It may be a secret whose name was cut or misspelt; what a rule says is none.
                String value = name.startsWith("lsat.rules.") || name.startsWith("lsat.plans.")
                        ? values.lookup().apply(name)
                        : HIDDEN;
                fault(name, value == null ? "" : value, "unknown property; " + nearest(name));
            }
        }
        values.environment().keySet().stream()
                .sorted()
                .filter(name ->
                        environmentName(name).startsWith(ENVIRONMENT_PREFIX) && !mapped.contains(environmentName(name)))
                .forEach(name -> unknownVariable(name, warnings));
        if (!faults.isEmpty()) {
            throw new ConfigException(faults);
        }
        return List.copyOf(warnings);
    }

    private void unknownVariable(String name, Set<String> warnings) {
        String upper = environmentName(name);
        if (upper.startsWith(RULE_VARIABLE) && upper.endsWith(PATH_VARIABLE)) {
            // Whoever wrote it meant a path to have a price; and some implementations would make it a rule, others not.
            fault(
                    name,
                    "(environment)",
                    "a rule's path as a property with dots, lsat.rules.<name>.path; its other"
                            + " properties may stand in the environment");
            return;
        }
        warnings.add("the environment variable " + name + " stands for no known property; "
                + nearest(name.toLowerCase(Locale.ROOT).replace('_', '.')));
    }

    /** The specification's last form of a property's environment variable. */
    public static String environmentName(String property) {
        StringBuilder name = new StringBuilder(property.length());
        for (int i = 0; i < property.length(); i++) {
            char c = property.charAt(i);
            boolean kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            name.append(kept ? c : '_');
        }
        return name.toString().toUpperCase(Locale.ROOT);
    }

    /** Whether the value of a property is nothing for a log. */
    static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("secret") || lower.contains("macaroon");
    }

    private String nearest(String name) {
        return known.stream()
                .min((a, b) -> Integer.compare(distance(name, a), distance(name, b)))
                .map(near -> "the nearest known one is " + near)
                .orElse("none is known");
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
