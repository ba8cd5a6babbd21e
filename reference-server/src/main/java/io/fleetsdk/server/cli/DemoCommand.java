package io.fleetsdk.server.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** A whole fleet on this machine: broker, server with page, robots; until Ctrl-C or for a while. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Starts a broker, the reference server and robots on this machine; Ctrl-C ends them all.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:success", "1:a check of --duration failed", "2:wrong use, named in one line"})
final class DemoCommand implements Callable<Integer> {
    private static final int LARGEST_PORT = 65_535;
    private static final int MOST_ROBOTS = 100;
    private static final double SLOWEST = 0.01;
    private static final int FASTEST = 1_000;

    @Option(
            names = "--robots",
            defaultValue = "8",
            paramLabel = "N",
            description = "How many, 1 to 100; the last two replay a drive. Default: ${DEFAULT-VALUE}")
    private int robots;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = {
                "A recorded drive: CSV with a header, or TUM poses.",
                "Give it twice to choose for both replay robots.",
                "Default: a route that ships with the project"
            })
    private List<Path> recordings = List.of();

    @Option(
            names = "--speed",
            defaultValue = "1",
            paramLabel = "N",
            description = "How many times faster than recorded. Default: ${DEFAULT-VALUE}")
    private double speed;

    @Option(names = "--port", defaultValue = "8080", description = "Of the page. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Keeps state and logs. Default: a temporary directory, removed at the end")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Seconds.class,
            description = "For scripts: runs this long (30s, 2m), checks itself and exits")
    private Optional<Duration> duration = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Text such as {@code 30s}, {@code 2m} or {@code 30}. */
    static final class Seconds implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            if (!text.matches("[1-9][0-9]{0,5}[sm]?")) {
                throw new TypeConversionException("'" + text + "' must be a time such as 30s or 2m");
            }
            long number = Long.parseLong(text.replaceFirst("[sm]$", ""));
            return text.endsWith("m") ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
        }
    }

    @Override
    public Integer call() {
        checkInput();
        DemoPlan plan = new DemoPlan(
                home(), robots, recordings.stream().map(Path::toAbsolutePath).toList(), speed, port, dataDirectory());
        Demo.Data end = data.isPresent() ? Demo.Data.KEEP : Demo.Data.REMOVE;
        Demo demo = new Demo(plan, end, spec.commandLine().getOut(), Clock.systemUTC());
        demo.start();
        return duration.isPresent() ? demo.runFor(duration.get()) : demo.runUntilInterrupted();
    }

    private void checkInput() {
        require(robots >= 1 && robots <= MOST_ROBOTS, "--robots " + robots + " must be from 1 to " + MOST_ROBOTS);
        require(
                speed >= SLOWEST && speed <= FASTEST,
                "--speed " + speed + " must be from " + SLOWEST + " to " + FASTEST);
        require(port >= 1 && port <= LARGEST_PORT, "--port " + port + " must be from 1 to " + LARGEST_PORT);
        require(recordings.size() <= 2, "--replay can be given twice at most");
        for (Path recording : recordings) {
            require(Files.isRegularFile(recording), "--replay " + recording + " is not a file");
            require(Files.isReadable(recording), "--replay " + recording + " cannot be read");
        }
        require(portIsFree(), "port " + port + " is in use; choose another with --port");
    }

    private boolean portIsFree() {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw DemoException.mistake(message);
        }
    }

    private static Path home() {
        String home = System.getenv("FLEET_HOME");
        return Path.of(home == null ? "" : home).toAbsolutePath();
    }

    private Path dataDirectory() {
        try {
            return data.isPresent()
                    ? Files.createDirectories(data.get()).toAbsolutePath()
                    : TemporaryDirectory.create();
        } catch (IOException e) {
            throw DemoException.mistake("--data-dir: cannot create " + e.getMessage());
        }
    }
}
