package io.fleetsdk.benchmarks;

import io.fleetsdk.Fleet;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.command.CommandExecution;
import io.fleetsdk.command.CommandState;
import io.fleetsdk.edge.RobotAgent;
import io.fleetsdk.edge.RobotConfig;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.NatsRobotLink;
import io.fleetsdk.robot.CommandCapability;
import io.fleetsdk.robot.RobotCapability;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.robot.RobotIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A command from {@code CommandClient.send} to its result. */
final class SdkTrips {
    private final Testbed testbed;
    private final Fleet fleet;

    SdkTrips(Testbed testbed) {
        this.testbed = testbed;
        this.fleet = testbed.fleet();
    }

    /** The robot's side is a bare link whose handler is done at once. */
    Trip throughALink() throws Exception {
        NatsRobotLink link = testbed.link("LINK-1");
        link.onCommand(delivery -> {
            delivery.settle();
            link.publishAck(delivery.command().commandId(), CommandAck.of(CommandState.COMPLETED));
        });
        return () -> command(link.robotId());
    }

    /** The robot's side is an agent: it writes a journal that outlives a power cut, and answers three times. */
    Trip throughAnAgent() throws Exception {
        NatsRobotLink link = testbed.link("AGENT-1");
        RobotAgent agent =
                testbed.closing(RobotAgent.builder(config(link.robotId()), new IdleDriver(), link, testbed.directory())
                        .build());
        agent.start();
        return () -> command(link.robotId());
    }

    private void command(RobotId robot) {
        CommandExecution execution = fleet.commands()
                .send(robot, TypicalMessages.request())
                .await(Duration.ofSeconds(Testbed.PATIENCE_SECONDS));
        if (execution.state() != CommandState.COMPLETED) {
            throw new IllegalStateException("the command ended " + execution.state() + ": " + execution.message());
        }
    }

    private static RobotConfig config(RobotId robot) {
        RobotCapability capability = new RobotCapability(
                "1.0",
                List.of(new CommandCapability("drive_to", Optional.empty(), JsonObject.empty(), true)),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                List.of(),
                false,
                false,
                List.of(),
                JsonObject.empty());
        RobotIdentity identity = new RobotIdentity("Carrier", "Example", "1.0", Optional.empty(), JsonObject.empty());
        return RobotConfig.of(robot, identity, capability, RobotConfig.Mode.MOCK)
                .withTelemetryPeriod(Duration.ofSeconds(10))
                .withHeartbeat(Duration.ofHours(1));
    }
}
