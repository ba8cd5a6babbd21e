package io.fleetsdk.agent;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line as it was written; {@link AgentConfig} knows what goes together. */
@Command(
        name = "reference-agent",
        header = "An agent for a robot made of numbers: simulated, or replaying a recorded drive.",
        usageHelpWidth = 110,
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "Stops at SIGTERM or SIGINT: says goodbye and exits with 0. Exits with 2 where the input is at fault.",
            "Environment: FLEET_LOG_LEVEL (INFO by default)."
        })
final class AgentArguments {
    static final String SHIPPED_ROUTE = "";

    @Option(
            names = "--robot",
            paramLabel = "ID",
            description = "The robot's id, such as RB-001. Default: the one in the file of --config.")
    Optional<String> robot = Optional.empty();

    @Option(
            names = "--nats",
            paramLabel = "URL",
            defaultValue = "nats://127.0.0.1:4222",
            description = "The broker. Default: ${DEFAULT-VALUE}.")
    String nats = "";

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            description = "A NATS credentials file. Default: none, for a broker without authentication.")
    Optional<Path> credentials = Optional.empty();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The robot's robot_config.json. Default: one that fits the body.")
    Optional<Path> config = Optional.empty();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where this robot keeps what survives a restart. Default: .fleet/agents/ID.")
    Optional<Path> dataDir = Optional.empty();

    @Option(names = "--zone", paramLabel = "ZONE", description = "The zone whose broadcasts the robot obeys.")
    Optional<String> zone = Optional.empty();

    @ArgGroup
    @Nullable
    Body body;

    @Option(
            names = "--speed",
            paramLabel = "N",
            description = "Replays N seconds of the recording in each second, 0.01 to 1000. Default: 1.")
    Optional<Double> speed = Optional.empty();

    @Option(names = "--once", description = "Replays one lap and stays at its end. Default: laps without end.")
    boolean once;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What chance begins with: the same seed drives the same way. Default: from the robot's id.")
    Optional<Long> seed = Optional.empty();

    @Option(
            names = "--start",
            paramLabel = "X,Y",
            description = "Where the simulated robot begins, in m on a floor of 40 by 24. Default: by the seed.")
    Optional<String> start = Optional.empty();

    @Option(
            names = "--exit-with-stdin",
            description = "Stops as well when standard input ends, and so with the process that holds its other end.")
    boolean exitWithStdin;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    boolean help;

    /** One of two. */
    static final class Body {
        @Option(names = "--simulate", description = "A simulated warehouse robot. This is the default.")
        boolean simulate;

        @Option(
                names = "--replay",
                paramLabel = "FILE",
                arity = "0..1",
                fallbackValue = SHIPPED_ROUTE,
                description =
                        "Replays a recording: a CSV with a header or a TUM pose file. Without FILE, the route that ships.")
        Optional<String> replay = Optional.empty();
    }

    /** The recording to replay, {@link #SHIPPED_ROUTE} for the one that ships; empty for a simulated robot. */
    Optional<String> replay() {
        return Optional.ofNullable(body).flatMap(chosen -> chosen.replay);
    }
}
