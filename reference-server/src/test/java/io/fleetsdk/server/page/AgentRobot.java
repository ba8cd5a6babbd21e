package io.fleetsdk.server.page;

import io.fleetsdk.edge.FileSequence;
import io.fleetsdk.edge.RobotAgent;
import io.fleetsdk.edge.RobotConfig;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.nats.NatsRobotLink;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.robot.RobotIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A robot with the SDK's agent and a body on rails. Closing it says goodbye; started again in its directory it goes on. */
final class AgentRobot implements AutoCloseable {
    private final String id;
    private final RailBody body = new RailBody();
    private final FileSequence sequence;
    private final NatsRobotLink link;
    private final RobotAgent agent;
    private boolean closed;

    private AgentRobot(NatsOptions options, String id, Path directory) {
        this.id = id;
        sequence = FileSequence.open(directory.resolve("sequence"));
        link = NatsRobotLink.connect(options, RobotId.of(id), Optional.empty(), sequence);
        RobotConfig config = RobotConfig.of(
                        RobotId.of(id),
                        new RobotIdentity(
                                "Rail 7",
                                "Acme",
                                RailBody.FIRMWARE,
                                Optional.of("S-" + id),
                                JsonObject.of("length", 0.8)),
                        RailBody.capability(),
                        RobotConfig.Mode.MOCK)
                .withHeartbeat(Duration.ofMillis(500));
        agent = RobotAgent.builder(config, body, link, directory.resolve("agent"))
                .build();
        agent.start();
    }

    static AgentRobot start(NatsOptions options, String id, Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new AgentRobot(options, id, directory);
    }

    RobotId id() {
        return RobotId.of(id);
    }

    RailBody body() {
        return body;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            agent.close();
            link.close();
            sequence.close();
        }
    }
}
