package io.fleetsdk.server.cli;

import io.fleetsdk.nats.JacksonCodec;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A whole fleet on this machine: broker, server with page, robots; until Ctrl-C or for a while. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Starts a broker, the reference server and robots on this machine; Ctrl-C ends them all.")
final class DemoCommand implements Callable<Integer> {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final int LARGEST_PORT = 65_535;
    private static final int MOST_ROBOTS = 100;

    @Option(
            names = "--robots",
            defaultValue = "8",
            paramLabel = "N",
            description = "1 to 100. Default: ${DEFAULT-VALUE}")
    private int robots;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description =
                    "A recorded drive: CSV with a header or TUM poses. Give it twice for both replay robots. Default: a route that ships with the project")
    private List<Path> recordings = List.of();

    @Option(
            names = "--speed",
            defaultValue = "1",
            paramLabel = "N",
            description = "How fast the recording is replayed. Default: ${DEFAULT-VALUE}, as recorded")
    private double speed;

    @Option(names = "--port", defaultValue = "8080", description = "Of the page. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Keeps state and logs there. Default: a temporary directory that is removed at the end")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Seconds.class,
            description =
                    "For scripts: runs this long (30s, 2m), then checks itself; exit code 0, or 1 and what failed")
    private Optional<Duration> duration = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Text such as {@code 30s}, {@code 2m} or {@code 30}. */
    static final class Seconds implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            boolean minutes = text.endsWith("m");
            String number = text.replaceFirst("[sm]$", "");
            Duration value = Duration.ofSeconds(Long.parseLong(number) * (minutes ? 60 : 1));
            if (value.isNegative() || value.isZero()) {
                throw new NumberFormatException("must be above 0");
            }
            return value;
        }
    }

    @Override
    public Integer call() {
        Instant begin = Clock.systemUTC().instant();
        checkInput();
        DemoPlan plan = new DemoPlan(home(), robots, absolute(recordings), speed, port, dataDirectory());
        PrintWriter out = spec.commandLine().getOut();
        DemoFleet fleet = new DemoFleet(plan, out);
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread onInterrupt = new Thread(() -> end(fleet, plan, interrupted), "demo-end");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        fleet.start();
        ServerClient server = new ServerClient(fleet.pageUrl(), fleet.token(), new JacksonCodec());
        awaitFirstRobot(fleet, server);
        welcome(out, fleet, plan, Duration.between(begin, Clock.systemUTC().instant()));
        return duration.isPresent()
                ? runFor(duration.get(), fleet, server, plan, out)
                : runUntilInterrupted(fleet, interrupted);
    }

    private void checkInput() {
        require(robots >= 1 && robots <= MOST_ROBOTS, "--robots " + robots + " must be from 1 to " + MOST_ROBOTS);
        require(speed > 0 && speed <= 1000, "--speed " + speed + " must be above 0 and at most 1000");
        require(port >= 1 && port <= LARGEST_PORT, "--port " + port + " must be from 1 to " + LARGEST_PORT);
        require(recordings.size() <= 2, "--replay can be given twice at most");
        for (Path recording : recordings) {
            require(Files.isRegularFile(recording), "--replay " + recording + " is not a file");
            require(Files.isReadable(recording), "--replay " + recording + " cannot be read");
        }
        checkPortIsFree();
    }

    private void checkPortIsFree() {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            require(probe.isBound(), "port " + port + " is in use");
        } catch (IOException e) {
            throw DemoException.mistake("port " + port + " is in use; choose another with --port");
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw DemoException.mistake(message);
        }
    }

    private static List<Path> absolute(List<Path> files) {
        return files.stream().map(Path::toAbsolutePath).toList();
    }

    private static Path home() {
        String home = System.getenv("FLEET_HOME");
        return Path.of(home == null ? "" : home).toAbsolutePath();
    }

    private Path dataDirectory() {
        try {
            return data.isPresent()
                    ? Files.createDirectories(data.get()).toAbsolutePath()
                    : Files.createTempDirectory("fleet-demo-");
        } catch (IOException e) {
            throw DemoException.mistake(
                    "--data-dir: cannot create " + data.map(Path::toString).orElse("") + ": " + e);
        }
    }

    private static void awaitFirstRobot(DemoFleet fleet, ServerClient server) {
        Instant end = Clock.systemUTC().instant().plusSeconds(60);
        while (server.robots().stream()
                .noneMatch(robot -> robot.string("presence").orElse("").equals("ONLINE"))) {
            failIfOneEnded(fleet);
            require(Clock.systemUTC().instant().isBefore(end), "no robot has reported within 60 s");
            pause();
        }
    }

    private void welcome(PrintWriter out, DemoFleet fleet, DemoPlan plan, Duration took) {
        out.printf("%nThe first robot reported after %.1f s.%n%n", took.toMillis() / 1000.0);
        out.printf("  Page    %s/#token=%s%n", fleet.pageUrl(), fleet.token());
        out.printf("  REST    curl -H 'Authorization: Bearer %s' %s/api/v1/robots%n", fleet.token(), fleet.pageUrl());
        out.printf("  OpenAPI %s/openapi.json%n", fleet.pageUrl());
        out.printf("  Broker  %s%n", fleet.brokerUrl());
        out.printf("  Check   ./fleet conform --robot RB-001 --nats %s%n", fleet.brokerUrl());
        out.printf("  Logs    %s%n%n", plan.logs());
        out.println(duration.map(time -> "Running for " + time.toSeconds() + " s ...")
                .orElse("Ctrl-C ends the demo."));
        out.flush();
    }

    private static int runFor(Duration time, DemoFleet fleet, ServerClient server, DemoPlan plan, PrintWriter out) {
        Instant end = Clock.systemUTC().instant().plus(time);
        while (Clock.systemUTC().instant().isBefore(end)) {
            failIfOneEnded(fleet);
            pause();
        }
        List<String> failures = new DemoCheck(server, plan, Clock.systemUTC()).run();
        failures.forEach(failure -> out.println("FAILED: " + failure));
        out.println(failures.isEmpty() ? "All checks passed." : failures.size() + " checks failed.");
        out.flush();
        return failures.isEmpty() ? 0 : FleetMain.FAILED;
    }

    private static int runUntilInterrupted(DemoFleet fleet, CountDownLatch interrupted) {
        try {
            while (!interrupted.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                failIfOneEnded(fleet);
            }
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** A user's mistake of the child, such as a recording it cannot read, is the user's mistake here too. */
    private static void failIfOneEnded(DemoFleet fleet) {
        fleet.ended().ifPresent(child -> {
            boolean mistake = child.exitCode().orElse(0) == FleetMain.USERS_MISTAKE;
            String message = child.name() + " ended: " + child.lastLine();
            throw mistake ? DemoException.mistake(message) : DemoException.failure(message);
        });
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw DemoException.failure("interrupted");
        }
    }

    private void end(DemoFleet fleet, DemoPlan plan, CountDownLatch interrupted) {
        interrupted.countDown();
        fleet.close();
        if (data.isEmpty()) {
            delete(plan.data());
        }
    }

    private static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            System.err.println("fleet: " + directory + " could not be removed: " + e.getMessage());
        }
    }
}
