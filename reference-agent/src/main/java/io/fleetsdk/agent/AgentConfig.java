package io.fleetsdk.agent;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.agent.replay.Recording;
import io.fleetsdk.agent.replay.ReplayRobot;
import io.fleetsdk.agent.robot.SteppedRobot;
import io.fleetsdk.agent.simulation.Place;
import io.fleetsdk.agent.simulation.SimulatedRobot;
import io.fleetsdk.edge.RobotConfig;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.nats.NatsCredentials;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.robot.RobotId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the agent is to be: everything read, checked and made, nothing started.
 *
 * @param robot who it is
 * @param body its body
 * @param broker where its messages go
 * @param directory what survives a restart is kept there
 */
record AgentConfig(RobotConfig robot, SteppedRobot body, NatsOptions broker, Path directory) {
    private static final String SIMULATED = "simulated_robot_config.json";
    private static final String REPLAYED = "replay_robot_config.json";
    private static final Pattern PLACE = Pattern.compile("(-?\\d+(?:\\.\\d+)?),(-?\\d+(?:\\.\\d+)?)");

    /**
     * @throws InvalidInputException if the arguments, or a file they name, break a rule
     */
    static AgentConfig of(AgentArguments arguments) {
        RobotConfig robot = robot(arguments);
        return new AgentConfig(
                robot,
                body(arguments, robot.robotId()),
                broker(arguments, robot.robotId()),
                arguments.dataDir.orElse(
                        Path.of(".fleet", "agents", robot.robotId().value())));
    }

    private static RobotConfig robot(AgentArguments arguments) {
        RobotConfig robot = arguments
                .config
                .map(file -> RobotConfig.read(file, new JacksonCodec()))
                .orElseGet(() -> shipped(arguments));
        if (robot.mode() != RobotConfig.Mode.MOCK) {
            throw new InvalidInputException("runtime.mode", robot.mode(), "must be MOCK: this agent has no real body");
        }
        RobotConfig named =
                arguments.robot.map(RobotId::of).map(robot::withRobotId).orElse(robot);
        return arguments.zone.map(named::withZoneId).orElse(named);
    }

    private static RobotConfig shipped(AgentArguments arguments) {
        if (arguments.robot.isEmpty()) {
            throw new InvalidInputException("--robot", "missing", "is required without --config");
        }
        String name = arguments.replay().isPresent() ? REPLAYED : SIMULATED;
        return RobotConfig.from(new JacksonCodec().decode(resource(name), JsonObject.class));
    }

    private static SteppedRobot body(AgentArguments arguments, RobotId robot) {
        long seed = arguments.seed.orElse((long) robot.value().hashCode());
        return arguments
                .replay()
                .map(file -> replayed(arguments, file, seed))
                .orElseGet(() -> simulated(arguments, seed));
    }

    private static SteppedRobot simulated(AgentArguments arguments, long seed) {
        if (arguments.speed.isPresent() || arguments.once) {
            throw new InvalidInputException(arguments.once ? "--once" : "--speed", "given", "needs --replay");
        }
        return arguments
                .start
                .map(text -> SimulatedRobot.of(seed, place(text)))
                .orElseGet(() -> SimulatedRobot.of(seed));
    }

    private static SteppedRobot replayed(AgentArguments arguments, String file, long seed) {
        if (arguments.start.isPresent()) {
            throw new InvalidInputException("--start", arguments.start.get(), "needs a simulated robot");
        }
        double speed = arguments.speed.orElse(1.0);
        boolean shipped = file.equals(AgentArguments.SHIPPED_ROUTE);
        Recording recording = shipped ? Recording.shipped() : Recording.read(Path.of(file));
        if (arguments.once) {
            return ReplayRobot.once(recording, speed);
        }
        ReplayRobot replay = ReplayRobot.endless(recording, speed);
        if (shipped) {
            replay.step(phase(seed) * recording.seconds() / speed);
        }
        return replay;
    }

    /** How far along the shipped route a robot begins, 0 to 1: neighbouring seeds far from each other. */
    private static double phase(long seed) {
        return Math.floorMod(seed * 61, 100) / 100.0;
    }

    private static NatsOptions broker(AgentArguments arguments, RobotId robot) {
        NatsOptions.Builder options =
                NatsOptions.builder().server(arguments.nats).name(robot.value());
        arguments.credentials.map(AgentConfig::credentials).ifPresent(options::credentials);
        return options.build();
    }

    private static NatsCredentials credentials(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new InvalidInputException("--credentials", file, "must be a readable file");
        }
        return NatsCredentials.file(file);
    }

    private static Place place(String text) {
        Matcher numbers = PLACE.matcher(text);
        if (!numbers.matches()) {
            throw new InvalidInputException("--start", text, "must be two numbers of metres, such as 5,13");
        }
        return new Place(Double.parseDouble(numbers.group(1)), Double.parseDouble(numbers.group(2)));
    }

    @SuppressWarnings("NullAway") // a missing resource is answered with null, and refused here
    private static byte[] resource(String name) {
        try (InputStream resource = AgentConfig.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("the agent's jar has no " + name);
            }
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
