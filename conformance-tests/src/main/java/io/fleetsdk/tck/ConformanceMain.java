package io.fleetsdk.tck;

import io.fleetsdk.FleetException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.nats.NatsCredentials;
import io.fleetsdk.robot.RobotId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code fleet conform}. Exit code 0: conformant; 1: not; 2: nothing could be judged. */
@Command(
        name = "fleet conform",
        mixinStandardHelpOptions = true,
        description = "Plays a backend against a robot agent and says which rule of the protocol it breaks.",
        footer = {
            "",
            "Exit code 0: conformant. 1: a rule failed, or one known to fail passed. 2: wrong options, no broker, no robot.",
            "The run is harmless for a bench robot; it stops and releases it by an emergency stop once."
        })
public final class ConformanceMain implements Callable<Integer> {
    private static final int CONFORMANT = 0;
    private static final int NOT_CONFORMANT = 1;
    private static final int NOT_JUDGED = 2;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--robot", required = true, paramLabel = "ID", description = "The robot's id, such as RB-001.")
    private String robot = "";

    @Option(
            names = "--nats",
            required = true,
            paramLabel = "URL",
            description = "The broker the robot is connected to, such as nats://127.0.0.1:4222.")
    private String nats = "";

    @Option(names = "--credentials", paramLabel = "FILE", description = "A NATS credentials file of a backend.")
    private Optional<Path> credentials = Optional.empty();

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "A NATS user; its password is read from the environment variable FLEET_NATS_PASSWORD.")
    private Optional<String> user = Optional.empty();

    @Option(
            names = "--profile",
            defaultValue = "basic",
            paramLabel = "NAME",
            description = "What to try: basic (the default).")
    private String profile = "";

    @Option(
            names = "--command",
            paramLabel = "TYPE",
            description = "A harmless command of the robot. Default: the one its capability offers for this.")
    private Optional<String> command = Optional.empty();

    @Option(
            names = "--payload",
            paramLabel = "JSON",
            defaultValue = "{}",
            description = "The payload of --command; best one that takes some two seconds.")
    private String payload = "";

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long to wait for anything the robot should do, 0.2 to 600, 10 by default.")
    private double timeout;

    @Option(
            names = "--report-dir",
            paramLabel = "DIR",
            description = "Where to put " + JUnitReport.FILE + " and " + JsonReport.FILE + ".")
    private Optional<Path> reportDir = Optional.empty();

    @Option(
            names = "--known-failing",
            paramLabel = "FILE",
            description =
                    "Rule ids that may fail, one in a line, # for comments. One of them that passes fails the run.")
    private Optional<Path> knownFailing = Optional.empty();

    private ConformanceMain() {}

    public static void main(String[] arguments) {
        // As a program it says how it logs; in somebody's test suite it does not.
        System.setProperty("logback.configurationFile", "logback-conform.xml");
        System.exit(run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments));
    }

    /** The exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new ConformanceMain())
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((e, args) -> refused(err, e.getMessage()))
                .setExecutionExceptionHandler((e, line, result) -> explained(err, e))
                .execute(arguments);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        AgentUnderTest agent = agent();
        Set<String> known = known();
        if (reportDir.isPresent()) {
            Files.createDirectories(reportDir.get());
        }
        ConformanceReport report = profile().verify(agent, known);
        ConsoleReport.write(report, out());
        if (reportDir.isPresent()) {
            JUnitReport.write(report, reportDir.get());
            JsonReport.write(report, reportDir.get());
        }
        return report.isConformant() ? CONFORMANT : NOT_CONFORMANT;
    }

    private AgentUnderTest agent() {
        AgentUnderTest agent = AgentUnderTest.of(RobotId.of(robot), nats)
                .withTimeout(Duration.ofMillis(Math.round(timeout * 1000)))
                .withCredentials(credentials());
        return command.isPresent()
                ? agent.withCommand(new ProbeCommand(
                        command.get(),
                        new JacksonCodec().decode(payload.getBytes(StandardCharsets.UTF_8), JsonObject.class)))
                : agent;
    }

    private NatsCredentials credentials() {
        if (credentials.isPresent()) {
            return NatsCredentials.file(credentials.get());
        }
        return user.map(name -> NatsCredentials.user(
                        name,
                        Optional.ofNullable(System.getenv("FLEET_NATS_PASSWORD"))
                                .orElse("")))
                .orElseGet(NatsCredentials::none);
    }

    private Profile profile() {
        return Stream.of(Profile.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(profile))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("--profile", profile, "must be basic"));
    }

    private Set<String> known() throws IOException {
        if (knownFailing.isEmpty()) {
            return Set.of();
        }
        return Files.readAllLines(knownFailing.get()).stream()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .map(id -> Rule.of(id).id())
                .collect(Collectors.toUnmodifiableSet());
    }

    private PrintWriter out() {
        return spec == null
                ? new PrintWriter(System.out, true, StandardCharsets.UTF_8)
                : spec.commandLine().getOut();
    }

    private static int explained(PrintWriter err, Exception e) {
        if (e instanceof FleetException || e instanceof IOException) {
            return refused(err, e instanceof IOException ? e.toString() : e.getMessage());
        }
        e.printStackTrace(err);
        return NOT_JUDGED;
    }

    private static int refused(PrintWriter err, @Nullable String message) {
        err.println("fleet conform: " + message);
        return NOT_JUDGED;
    }
}
