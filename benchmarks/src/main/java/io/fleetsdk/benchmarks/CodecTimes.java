package io.fleetsdk.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link CodecBenchmark} in a JVM of its own. */
final class CodecTimes {
    private static final int WARM_UPS = 3;
    private static final int ITERATIONS = 5;
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    /** Which bare Jackson operation an operation of the codec is beside. */
    private static final Map<String, String> BESIDE =
            Map.of("decodeTelemetry", "jacksonReadsTelemetry", "encodeTelemetry", "jacksonWritesTelemetry");

    private final Effort effort;

    CodecTimes(Effort effort) {
        this.effort = effort;
    }

    Section measure() throws RunnerException {
        TimeValue iteration = TimeValue.milliseconds(effort.iteration().toMillis());
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(CodecBenchmark.class.getSimpleName())
                        .forks(1)
                        .warmupIterations(WARM_UPS)
                        .warmupTime(iteration)
                        .measurementIterations(ITERATIONS)
                        .measurementTime(iteration)
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        Map<String, RunResult> byName = new TreeMap<>();
        results.forEach(result -> byName.put(result.getPrimaryResult().getLabel(), result));
        return section(byName);
    }

    private static Section section(Map<String, RunResult> results) {
        Section section = new Section(
                "Codec",
                "One message between a value and its text, one thread, by JMH. The bare Jackson rows read and write the same"
                        + " text as maps, with no check of the content: the least that any reader does.",
                "operation",
                "ns",
                "±",
                "bytes allocated",
                "time beside bare Jackson",
                "allocation beside bare Jackson");
        results.forEach((name, result) -> {
            RunResult other = results.getOrDefault(BESIDE.getOrDefault(name, name), result);
            section.row(
                    "`" + name + "`",
                    Section.number(time(result)),
                    Section.number(result.getPrimaryResult().getScoreError()),
                    Section.number(allocated(result)),
                    beside(other == result, time(result), time(other)),
                    beside(other == result, allocated(result), allocated(other)));
        });
        return section;
    }

    private static String beside(boolean alone, double value, double other) {
        return alone ? "" : String.format(Locale.ROOT, "%.2f", value / other);
    }

    private static double time(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    private static double allocated(RunResult result) {
        Result<?> allocation = result.getSecondaryResults().get(ALLOCATED);
        return Objects.requireNonNull(allocation, ALLOCATED).getScore();
    }
}
