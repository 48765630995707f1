package org.lsat.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * CPU time of the measuring threads for each operation, in the best iteration: what others do on the machine only ever
 * adds to it.
 */
public class ThreadCpu implements InternalProfiler {

    static final String NAME = "cpu.norm";

    /** Time that passed, for each operation of all threads together: their own averages say little where they wait. */
    static final String WALL = "wall.norm";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long before;
    private long startedNanos;

    @Override
    public String getDescription() {
        return "CPU time of the measuring threads in the best iteration";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = workersNanos();
        startedNanos = System.nanoTime();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double operations = result.getMetadata().getAllOps();
        double wall = (System.nanoTime() - startedNanos) / operations;
        double cpu = (workersNanos() - before) / operations;
        return List.of(
                new ScalarResult(NAME, cpu, "ns/op", AggregationPolicy.MIN),
                new ScalarResult(WALL, wall, "ns/op", AggregationPolicy.AVG));
    }

    private long workersNanos() {
        long sum = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().contains("-jmh-worker-")) {
                sum += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return sum;
    }
}
