package io.fleetsdk.tck;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.nats.NatsCredentials;
import io.fleetsdk.robot.RobotId;
import java.time.Duration;
import java.util.Optional;

/**
 * Which agent is tried, and how it is reached.
 *
 * @param robot its id
 * @param server the broker it is connected to, such as {@code nats://127.0.0.1:4222}
 * @param credentials of a backend
 * @param timeout how long to wait for anything the robot should do, 200 ms to 10 min, 10 s by default
 * @param command a harmless command; by default what the capability offers for this
 */
public record AgentUnderTest(
        RobotId robot, String server, NatsCredentials credentials, Duration timeout, Optional<ProbeCommand> command) {
    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    public AgentUnderTest {
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new InvalidInputException("timeout", timeout, "must be from 200 ms to 10 min");
        }
    }

    public static AgentUnderTest of(RobotId robot, String server) {
        return new AgentUnderTest(robot, server, NatsCredentials.none(), Duration.ofSeconds(10), Optional.empty());
    }

    public AgentUnderTest withCredentials(NatsCredentials proof) {
        return new AgentUnderTest(robot, server, proof, timeout, command);
    }

    public AgentUnderTest withTimeout(Duration limit) {
        return new AgentUnderTest(robot, server, credentials, limit, command);
    }

    public AgentUnderTest withCommand(ProbeCommand harmless) {
        return new AgentUnderTest(robot, server, credentials, timeout, Optional.of(harmless));
    }
}
