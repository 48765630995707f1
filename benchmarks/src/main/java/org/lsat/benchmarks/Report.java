package org.lsat.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures everything and prints a table. Each round starts one JVM for each contender, one after the other, so that what
 * else the machine does falls on all of them; a ratio is taken within a round, and the medians of the rounds are shown.
 */
public final class Report {

    private static final int ROUNDS = 3;

    private final Map<String, List<Cost>> costs = new HashMap<>();

    private Report() {}

    /** What an operation costs in one round. */
    private record Cost(double wallNanos, double cpuNanos, double bytes) {}

    /** A line of the table: the ratio is to {@code of}, if that is not empty. */
    private record Row(String name, String contender, String of, List<Bar> bars) {

        Row(String name, String contender, String of, Bar... bars) {
            this(name, contender, of, List.of(bars));
        }
    }

    /** The most that a line may have of something. */
    private record Bar(Quantity quantity, double most) {

        String judge(double ratio, Cost cost) {
            double value = switch (quantity) {
                case RATIO -> ratio;
                case WALL_NANOS -> cost.wallNanos;
                case CPU_NANOS -> cost.cpuNanos;
                case BYTES -> cost.bytes;
            };
            return String.format(Locale.ROOT, quantity.format, most) + (value <= most ? ": met" : ": **missed**");
        }
    }

    private enum Quantity {
        RATIO("≤ %.2f ×"),
        WALL_NANOS("≤ %.0f ns wall"),
        CPU_NANOS("≤ %.0f ns"),
        BYTES("≤ %.0f B");

        private final String format;

        Quantity(String format) {
            this.format = format;
        }
    }

    private static final List<Row> ROWS = List.of(
            new Row("V verify, floor", "Verify.floor", ""),
            new Row("V verify, core", "Verify.core", "Verify.floor", ratio(1.25), new Bar(Quantity.BYTES, 2_560)),
            new Row("V whole decision, a pass", "Verify.decide", "Verify.floor"),
            new Row("V wrong preimage, core", "Verify.wrongPreimage", "Verify.core", ratio(0.25)),
            new Row("C mint, floor", "Mint.floor", ""),
            new Row("C mint, core", "Mint.core", "Mint.floor", ratio(1.3)),
            new Row("P 10 rules, floor", "Path.floor 10", ""),
            new Row("P 10 rules, core", "Path.core 10", "Path.floor 10", ratio(1.5)),
            new Row("P 1 000 rules, floor", "Path.floor 1000", ""),
            new Row("P 1 000 rules, core", "Path.core 1000", "Path.floor 1000", ratio(1.5)),
            new Row("P 10 000 rules, floor", "Path.floor 10000", ""),
            new Row("P 10 000 rules, core", "Path.core 10000", "Path.floor 10000", ratio(1.5)),
            new Row("P growth from 10 to 10 000 rules", "Path.core 10000", "Path.core 10", ratio(2.2)),
            new Row("L counted use, floor", "CountedUse.floor", ""),
            new Row("L counted use, core", "CountedUse.core", "CountedUse.floor", new Bar(Quantity.CPU_NANOS, 1_000)),
            new Row(
                    "L counted use, core, 8 threads on one token",
                    "CountedUse.contended",
                    "CountedUse.floor",
                    new Bar(Quantity.WALL_NANOS, 1_000)),
            new Row("J in memory", "Ledger.alone memory", ""),
            new Row("J in a file", "Ledger.alone file", "Ledger.alone memory"),
            new Row("J in memory, 8 threads, a token each", "Ledger.eight memory", ""),
            new Row("J in a file, 8 threads, a token each", "Ledger.eight file", "Ledger.eight memory"),
            new Row("J in memory, 8 threads on one token", "Ledger.contended memory", ""),
            new Row("J in a file, 8 threads on one token", "Ledger.contended file", "Ledger.contended memory"));

    private static Bar ratio(double most) {
        return new Bar(Quantity.RATIO, most);
    }

    /** {@code args}: the number of rounds, if not three; and a regular expression, if not all benchmarks. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws RunnerException, IOException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : ROUNDS;
        String which = args.length > 1 ? args[1] : "org.lsat.benchmarks";
        Report report = new Report();
        for (int round = 1; round <= rounds; round++) {
            System.err.println("round " + round + " of " + rounds);
            report.add(new Runner(options(which)).run());
        }
        System.out.println(report.markdown());
    }

    private static Options options(String which) {
        return new OptionsBuilder()
                .include(which)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(4)
                .warmupTime(TimeValue.milliseconds(300))
                .measurementIterations(50)
                .measurementTime(TimeValue.milliseconds(25))
                .addProfiler(ThreadCpu.class)
                .addProfiler(GCProfiler.class)
                .jvmArgs("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC", "-Xbatch")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }

    private void add(Iterable<RunResult> round) {
        for (RunResult result : round) {
            String method = result.getParams().getBenchmark();
            StringBuilder name = new StringBuilder(
                    method.substring(Report.class.getPackageName().length() + 1).replace("Benchmark.", "."));
            for (String parameter : result.getParams().getParamsKeys()) {
                name.append(' ').append(result.getParams().getParam(parameter));
            }
            costs.computeIfAbsent(name.toString(), contender -> new ArrayList<>())
                    .add(new Cost(
                            secondary(result, ThreadCpu.WALL).getStatistics().getPercentile(50),
                            secondary(result, ThreadCpu.NAME).getScore(),
                            secondary(result, "gc.alloc.rate.norm").getScore()));
        }
    }

    private static Result<?> secondary(RunResult result, String name) {
        for (String key : result.getSecondaryResults().keySet()) {
            if (key.endsWith(name)) {
                return result.getSecondaryResults().get(key);
            }
        }
        throw new IllegalStateException(
                "no " + name + " in " + result.getSecondaryResults().keySet());
    }

    private String markdown() throws IOException {
        StringBuilder table = new StringBuilder()
                .append(machine())
                .append("\n\n| operation | wall ns | CPU ns | bytes | CPU ratio | bars |\n|---|--:|--:|--:|--:|---|\n");
        for (Row row : ROWS) {
            List<Cost> own = costs.get(row.contender);
            if (own != null) {
                table.append(line(row, own, costs.get(row.of))).append('\n');
            }
        }
        return table.toString();
    }

    private static String line(Row row, List<Cost> own, @Nullable List<Cost> other) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; other != null && i < own.size(); i++) {
            ratios.add(own.get(i).cpuNanos / other.get(i).cpuNanos);
        }
        double ratio = ratios.isEmpty() ? 0 : median(ratios);
        Cost cost = new Cost(median(own, Cost::wallNanos), median(own, Cost::cpuNanos), median(own, Cost::bytes));
        List<String> bars = row.bars.stream().map(bar -> bar.judge(ratio, cost)).toList();
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.0f | %s | %s |",
                row.name,
                cost.wallNanos,
                cost.cpuNanos,
                cost.bytes,
                ratios.isEmpty() ? "" : String.format(Locale.ROOT, "%.2f × %s", ratio, row.of),
                String.join("; ", bars));
    }

    private static double median(List<Cost> costs, ToDoubleFunction<Cost> part) {
        return median(costs.stream().map(part::applyAsDouble).toList());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static String machine() throws IOException {
        Path cpus = Path.of("/proc/cpuinfo");
        String model = !Files.isReadable(cpus)
                ? System.getProperty("os.arch")
                : Files.readAllLines(cpus).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(System.getProperty("os.arch"));
        return model + ", " + Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name")
                + "; " + System.getProperty("java.vm.vendor") + " JDK " + Runtime.version();
    }
}
