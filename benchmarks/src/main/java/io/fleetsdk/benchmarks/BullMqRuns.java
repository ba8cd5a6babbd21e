package io.fleetsdk.benchmarks;

import io.fleetsdk.UnavailableException;
import io.fleetsdk.nats.JacksonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/** BullMQ, installed in a temporary directory and measured there; each run has a Redis of its own. */
final class BullMqRuns implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "bench.mjs", "share.mjs");
    private static final List<String> INSTALL =
            List.of("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1");

    private final Path directory;

    private BullMqRuns(Path directory) {
        this.directory = directory;
    }

    /** What is timed; {@code src/main/bullmq/README.md} says it in full. */
    enum Mode {
        BULK,
        SINGLE,
        PROCESS,
        LATENCY
    }

    /**
     * What to run.
     *
     * @param concurrency jobs in the handler at once, in all processes together
     * @param producers who add jobs at once, in all processes together
     * @param processes of Node, which share the work
     * @param payloadBytes about as much JSON in each job
     */
    record Load(Mode mode, int jobs, int concurrency, int producers, int processes, int payloadBytes) {
        /** Two producers keep Node and Redis busy at the same time; one does not. */
        static Load bulk(int jobs, int producers, int payloadBytes) {
            return new Load(Mode.BULK, jobs, 1, producers, 1, payloadBytes);
        }

        static Load single(int jobs, int producers, int payloadBytes) {
            return new Load(Mode.SINGLE, jobs, 1, producers, 1, payloadBytes);
        }

        static Load process(int jobs, int concurrency, int payloadBytes) {
            return new Load(Mode.PROCESS, jobs, concurrency, 1, 1, payloadBytes);
        }

        /** 200 jobs a second. */
        static Load latency(int jobs, int concurrency, int payloadBytes) {
            return new Load(Mode.LATENCY, jobs, concurrency, 1, 1, payloadBytes);
        }

        Load inProcesses(int count) {
            return new Load(mode, jobs, concurrency, producers, count, payloadBytes);
        }

        private List<String> arguments(int port) {
            return List.of(
                    "bench.mjs",
                    "--mode=" + mode.name().toLowerCase(Locale.ROOT),
                    "--redis-port=" + port,
                    "--jobs=" + jobs,
                    "--concurrency=" + concurrency,
                    "--producers=" + producers,
                    "--processes=" + processes,
                    "--payload-bytes=" + payloadBytes);
        }
    }

    /**
     * What came out.
     *
     * @param p50Millis of the latency only, as is the next
     * @param versions of what was measured
     */
    record Result(
            double seconds, double perSecond, OptionalDouble p50Millis, OptionalDouble p99Millis, String versions) {}

    /**
     * Installs it.
     *
     * @throws UnavailableException if a program is missing or the packages cannot be had; the message begins with "not measured:"
     */
    static BullMqRuns install() throws IOException, InterruptedException {
        BullMqRuns runs = new BullMqRuns(Files.createTempDirectory("fleet-bullmq"));
        try {
            runs.checkPrograms();
            runs.installPackages();
            return runs;
        } catch (IOException | InterruptedException | RuntimeException e) {
            try (runs) {
                throw e;
            }
        }
    }

    private void checkPrograms() throws IOException, InterruptedException {
        for (String name : List.of("redis-server", "node", "npm")) {
            result(name, List.of("--version"));
        }
    }

    private void installPackages() throws IOException, InterruptedException {
        for (String name : FILES) {
            copy(name);
        }
        try {
            result("npm", INSTALL);
        } catch (IllegalStateException e) {
            throw new UnavailableException("not measured: npm could not install BullMQ", e);
        }
    }

    private void copy(String name) throws IOException {
        try (InputStream file = BullMqRuns.class.getResourceAsStream("/bullmq/" + name)) {
            Files.copy(Objects.requireNonNull(file, name), directory.resolve(name));
        }
    }

    /** @throws UnavailableException if Redis does not start */
    Result run(RedisServer.Fsync fsync, Load load) throws IOException, InterruptedException {
        try (RedisServer redis = RedisServer.start(directory, fsync)) {
            return parsed(result("node", load.arguments(redis.awaitPort())));
        }
    }

    /** The last line has it; above there may be warnings. */
    private static Result parsed(String printed) {
        String json = printed.lines().reduce("", (earlier, later) -> later);
        return new JacksonCodec().decode(json.getBytes(StandardCharsets.UTF_8), Result.class);
    }

    private String result(String name, List<String> arguments) throws IOException, InterruptedException {
        try (Program program = Program.start(directory, name, arguments)) {
            return program.result(PATIENCE);
        }
    }

    @Override
    public void close() throws IOException {
        Testbed.delete(directory);
    }
}
