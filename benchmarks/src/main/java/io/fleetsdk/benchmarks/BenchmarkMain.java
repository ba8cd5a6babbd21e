package io.fleetsdk.benchmarks;

import io.fleetsdk.UnavailableException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the SDK beside the raw broker and prints the report in Markdown. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures the SDK beside raw NATS on a broker of its own and prints tables in Markdown.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured", "1:a measurement failed", "2:a mistake in the arguments"})
public final class BenchmarkMain implements Callable<Integer> {
    private static final String TITLE =
            "# Benchmark results\n\nWritten by the program that [benchmarks.md](benchmarks.md)" + " explains.\n\n";

    /** What can be measured. */
    enum Part {
        COMMANDS,
        TELEMETRY,
        CODEC,
        STARTS,
        MODELS,
        JOBS,
        TRAINING
    }

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "Measure only these: ${COMPLETION-CANDIDATES}. Default: all, some six minutes.")
    private Set<Part> only = EnumSet.allOf(Part.class);

    @Option(names = "--quick", description = "Only see that it runs; the numbers mean nothing.")
    private boolean quick;

    @Option(names = "--output", paramLabel = "FILE", description = "Also write the report to this file.")
    private Optional<Path> output = Optional.empty();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    public static void main(String... arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new BenchmarkMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, words) -> {
                    e.getCommandLine().getErr().println("benchmarks: " + e.getMessage() + " (see --help)");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((e, command, words) -> {
                    if (!(e instanceof UnavailableException)) {
                        throw e;
                    }
                    command.getErr().println("benchmarks: " + e.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    @Override
    public Integer call() throws Exception {
        output.ifPresent(this::checkWritable);
        Effort effort = quick ? Effort.quick() : Effort.full();
        String report = TITLE + report(effort).stream().map(Section::markdown).collect(Collectors.joining("\n"));
        spec.commandLine().getOut().print(report);
        spec.commandLine().getOut().flush();
        if (output.isPresent()) {
            Files.writeString(output.get(), report);
        }
        return CommandLine.ExitCode.OK;
    }

    private List<Section> report(Effort effort) throws Exception {
        List<Section> sections = new ArrayList<>();
        try (Testbed testbed = Testbed.withTopology(Sync.DEFAULT)) {
            sections.add(Surroundings.section(Clock.systemUTC(), testbed.version()));
            if (begins(Part.COMMANDS)) {
                sections.add(new CommandTrips(testbed, effort).measure());
            }
            if (begins(Part.TELEMETRY)) {
                sections.add(new TelemetryRates(testbed, effort).measure());
            }
            if (begins(Part.MODELS)) {
                sections.add(new ModelTrips(testbed, effort).measure());
            }
        }
        if (begins(Part.CODEC)) {
            sections.add(new CodecTimes(effort).measure());
        }
        if (begins(Part.STARTS)) {
            sections.add(new StartTimes(effort).measure());
        }
        if (begins(Part.JOBS)) {
            sections.addAll(new Jobs(effort.jobs()).measure());
        }
        if (begins(Part.TRAINING)) {
            sections.add(new TrainingOverhead(effort).measure());
        }
        return sections;
    }

    private boolean begins(Part part) {
        if (only.contains(part)) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("measuring " + part + " ...");
            err.flush();
        }
        return only.contains(part);
    }

    private void checkWritable(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || directory == null || !Files.isDirectory(directory)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--output " + file + " must be a file in a directory that exists");
        }
    }
}
